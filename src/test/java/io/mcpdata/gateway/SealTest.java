package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
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
                if (!changed.equals(sealed) && !isTheSameBytes(changed, sealed)) {
                    assertThat(seal.open("for ann", changed)).as("%s", i).isEmpty();
                }
            }
        }
        assertThat(seal.open("for ann", sealed + ".")).isEmpty();
        assertThat(seal.open("for ann", "")).isEmpty();
    }

    /** The last character of base64 has bits that mean nothing. */
    private static boolean isTheSameBytes(String one, String other) {
        try {
            return new String(decoded(one)).equals(new String(decoded(other)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static char[] decoded(String sealed) {
        StringBuilder all = new StringBuilder();
        for (String part : sealed.split("\\.", -1)) {
            for (byte one : Base64.getUrlDecoder().decode(part)) {
                all.append((int) one).append(',');
            }
            all.append(';');
        }
        return all.toString().toCharArray();
    }
}
