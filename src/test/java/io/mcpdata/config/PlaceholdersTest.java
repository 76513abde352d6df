package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholdersTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "KEY", "s3cret", "EMPTY", "", "NESTED", "${KEY}", "DOLLAR", "a$1\\b", "app.key_2", "dotted", "_A", "under");

    private final Placeholders placeholders = new Placeholders(name -> Optional.ofNullable(VARIABLES.get(name)));

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'', ''",
        "${KEY}, s3cret",
        "a${KEY}b${KEY}c, as3cretbs3cretc",
        "${app.key_2}, dotted",
        "${_A}, under",
        "${KEY:-other}, s3cret",
        "${MISSING:-other}, other",
        "${MISSING:-}, ''",
        "${MISSING:-a:-b c}, 'a:-b c'",
        "${MISSING:-a$b}, a$b",
        "$${KEY}, ${KEY}",
        "$${, ${",
        "$$${KEY}, $${KEY}",
        "$KEY, $KEY",
        "$, $",
        "{KEY}, {KEY}",
        "100$, 100$",
    })
    void scalarIsExpanded(String text, String expected) {
        assertThat(placeholders.expand(text)).isEqualTo(expected);
    }

    @Test
    void whatAVariableHoldsIsNeverExpandedAgain() {
        assertThat(placeholders.expand("${NESTED}")).isEqualTo("${KEY}");
        assertThat(placeholders.expand("${DOLLAR}")).isEqualTo("a$1\\b");
    }

    @Test
    void emptyVariableTakesTheDefaultAsInAShell() {
        assertThat(placeholders.expand("${EMPTY:-other}")).isEqualTo("other");
        assertThat(placeholders.expand("${EMPTY}")).isEmpty();
    }

    @Test
    void unsetVariableIsNamed() {
        assertThatThrownBy(() -> placeholders.expand("x${KEY}${MISSING}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variable MISSING, which is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${",
                "${}",
                "${KEY",
                "${ KEY}",
                "${KEY }",
                "${1KEY}",
                "${KEY-x}",
                "${KEY:x}",
                "${KEY:?x}",
                "${KE\nY}",
                "${MISSING:-${KEY}}",
                "${MISSING:-$${}",
                "${file:/run/${KEY}}",
                "${file:/run/secrets/key",
                "${${KEY}}",
                "${K\u00c9Y}"
            })
    void malformedPlaceholderIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> placeholders.expand(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a malformed placeholder");
    }

    @Test
    void variableNamedFileHasADefaultAndAFileHasNone() {
        assertThat(placeholders.expand("${file:-x}")).isEqualTo("x");
        assertThat(placeholders.files()).isEmpty();
    }

    @Test
    void onlyWhatComesFromOutsideIsAPlaceholder() {
        assertThat(Placeholders.isIn("${file:/run/secrets/key}")).isTrue();
        assertThat(Placeholders.hasDefault("${file:/run/secrets/key}")).isFalse();
        assertThat(Placeholders.isIn("a${KEY}")).isTrue();
        assertThat(Placeholders.isIn("${")).isTrue();
        assertThat(Placeholders.isIn("$${KEY}")).isFalse();
        assertThat(Placeholders.isIn("$KEY")).isFalse();
    }
}
