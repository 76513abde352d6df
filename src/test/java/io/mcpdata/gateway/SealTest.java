package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SealTest {

    private final Seal seal = Seal.ofRandomKey();

    @Test
    void textComesBackForItsPurposeOnly() {
        for (String text : new String[] {"", "a", "zwölf", "line\nline", "x".repeat(10_000)}) {
            assertThat(seal.open("for ann", seal.seal("for ann", text))).contains(text);
            assertThat(seal.open("for bob", seal.seal("for ann", text))).isEmpty();
            assertThat(Seal.ofRandomKey().open("for ann", seal.seal("for ann", text)))
                    .isEmpty();
        }
        // purpose and text are kept apart
        assertThat(seal.open("ab", seal.seal("a", "bc"))).isEmpty();
    }

    @Test
    void noChangedCharacterIsAccepted() {
        String sealed = seal.seal("for ann", "position 7");
        for (int i = 0; i < sealed.length(); i++) {
            for (char other : new char[] {'A', 'B', '.', '-', '=', ' '}) {
                String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
                if (!changed.equals(sealed)) {
                    assertThat(seal.open("for ann", changed)).as("%s", i).isEmpty();
                }
            }
        }
        assertThat(seal.open("for ann", sealed + ".")).isEmpty();
        assertThat(seal.open("for ann", sealed + "=")).isEmpty();
        assertThat(seal.open("for ann", "")).isEmpty();
    }

    @Test
    void sealOfTheSameKeyOpensWhatAnEarlierOneSealed() {
        byte[] key = Seal.randomKey();

        assertThat(Seal.of(key).open("for ann", Seal.of(key).seal("for ann", "text")))
                .contains("text");
        assertThatThrownBy(() -> Seal.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
