package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UriTemplateTest {

    private static final UriTemplate TABLE = new UriTemplate("table://{connection}/{schema}/{table}");

    @Test
    void everyNameComesBack() {
        for (String name : new String[] {
            "orders", "Order Lines", "a/b", "50%", "größe", "\u65e5\u672c", "a{b}", "..", "\"q\"", "\ud83d\ude00"
        }) {
            Map<String, String> values = Map.of("connection", "c", "schema", name, "table", name);
            assertThat(TABLE.match(TABLE.expand(values))).as(name).contains(values);
        }
        assertThat(TABLE.expand(Map.of("connection", "c", "schema", "a/b", "table", "x y")))
                .isEqualTo("table://c/a%2Fb/x%20y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "table://c/s",
                "table://c/s/",
                "table://c//t",
                "table://c/s/t/u",
                "TABLE://c/s/t",
                "table://c/s/%zz",
                "table://c/s/%4",
                "table://c/s/%",
                "table://c/s/%ff",
                "table://c/s/%+1",
                "xtable://c/s/t"
            })
    void otherUrisDoNotMatch(String uri) {
        assertThat(TABLE.match(uri)).isEmpty();
    }

    @Test
    void beginningFixesTheVariablesThatAreComplete() {
        assertThat(TABLE.fixedBy("table://c/*")).containsExactly(Map.entry("connection", "c"));
        assertThat(TABLE.fixedBy("table://c")).isEmpty();
        assertThat(TABLE.fixedBy("other://c/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a://b", "a://{+b}", "a://{b}/{c*}", "a://{}", "a://{b}}"})
    void templateOfAnotherKindIsRefused(String template) {
        assertThatThrownBy(() -> new UriTemplate(template)).isInstanceOf(IllegalArgumentException.class);
    }
}
