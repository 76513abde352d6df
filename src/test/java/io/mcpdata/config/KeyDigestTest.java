package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyDigestTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void digestIsTheSha256OfTheUtf8Bytes() {
        assertThat(KeyDigest.of("abc").hex()).isEqualTo(ABC);
        assertThat(KeyDigest.of("\u00e9").hex())
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    @Test
    void idIsTheFirstTwelveDigitsAndAllThatIsShown() {
        assertThat(KeyDigest.of("abc").id()).isEqualTo("ba7816bf8f01");
        assertThat(KeyDigest.of("abc")).hasToString("ba7816bf8f01");
    }

    @Test
    void nothingIsTrimmedFoldedOrNormalized() {
        String[] others = {"abc ", " abc", "Abc", "abc\n", "abc\u0000", "\u0430bc", "\uff41bc", "abc\u200b"};
        for (String other : others) {
            assertThat(KeyDigest.of(other)).isNotEqualTo(KeyDigest.of("abc"));
        }
        assertThat(KeyDigest.of("\u00e9")).isNotEqualTo(KeyDigest.of("e\u0301"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00"})
    void brokenTextIsNotAQuestionMark(String half) {
        assertThat(KeyDigest.of("key" + half)).isNotEqualTo(KeyDigest.of("key?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba7816bf8f01", "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})
    void whatIsNoSha256IsRefused(String hex) {
        assertThatThrownBy(() -> new KeyDigest(hex)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void upperCaseIsRefusedBecauseItWouldNeverBeFound() {
        assertThatThrownBy(() -> new KeyDigest(ABC.toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
