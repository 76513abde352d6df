package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyFormatTest {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    @Test
    void aGeneratedKeyMatchesThePublishedPatternAndItsChecksumHolds() {
        for (int i = 0; i < 1_000; i++) {
            String key = KeyFormat.generate(random).reveal();
            assertThat(key).hasSize(55).startsWith(KeyFormat.PREFIX).matches(KeyFormat.PATTERN);
            assertThat(KeyFormat.looksGenerated(key)).isTrue();
            assertThat(KeyFormat.checksumHolds(key)).isTrue();
        }
    }

    @Test
    void theFormStaysWhatItIsSoThatKeysInUseStayGood() {
        // the CRC-32s were computed with an independent implementation (zlib)
        assertThat(KeyFormat.generate(constant((byte) 0)).reveal())
                .isEqualTo("mcpdp_00000000000000000000000000000000000000000000YXtSC");
        assertThat(KeyFormat.generate(constant((byte) 0xff)).reveal())
                .isEqualTo("mcpdp_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp13KVnEe");
    }

    @Test
    void noKeyComesTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(KeyFormat.generate(random).reveal())).isTrue();
        }
    }

    @Test
    void everyBitOfTheRandomnessChangesTheKey() {
        String none = KeyFormat.generate(constant((byte) 0)).reveal();
        Set<String> keys = new HashSet<>(Set.of(none));
        for (int bit = 0; bit < 256; bit++) {
            byte[] bytes = new byte[32];
            bytes[bit / 8] = (byte) (1 << (bit % 8));
            keys.add(KeyFormat.generate(fixed(bytes)).reveal());
        }
        assertThat(keys).hasSize(257);
    }

    @Test
    void everyChangeOfOneCharacterIsCaught() {
        String key = KeyFormat.generate(random).reveal();
        for (int place = 0; place < key.length(); place++) {
            for (char other : ALPHABET.toCharArray()) {
                if (other != key.charAt(place)) {
                    String slip = key.substring(0, place) + other + key.substring(place + 1);
                    assertThat(KeyFormat.checksumHolds(slip))
                            .as("place %d", place)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everySwapOfTwoNeighboursIsCaught() {
        String key = KeyFormat.generate(random).reveal();
        for (int place = 0; place + 1 < key.length(); place++) {
            char[] swapped = key.toCharArray();
            swapped[place] = key.charAt(place + 1);
            swapped[place + 1] = key.charAt(place);
            boolean same = swapped[place] == swapped[place + 1];
            assertThat(KeyFormat.checksumHolds(new String(swapped))).isEqualTo(same);
        }
    }

    @Test
    void aMissingOrAnAddedCharacterIsNoGeneratedKey() {
        String key = KeyFormat.generate(random).reveal();
        for (String slip : new String[] {
            "", KeyFormat.PREFIX, key.substring(1), key.substring(0, 54), key + "0", " " + key, key + "\n", key + " "
        }) {
            assertThat(KeyFormat.looksGenerated(slip)).isFalse();
            assertThat(KeyFormat.checksumHolds(slip)).isFalse();
        }
    }

    @Test
    void aKeyInAnotherCaseHasTheFormOnlyIfItsPrefixDoes() {
        String key = KeyFormat.generate(random).reveal();
        assertThat(KeyFormat.looksGenerated(key.toUpperCase(Locale.ROOT))).isFalse();
    }

    @Test
    void keysOfTheSpecificationsOwnRecipesDoNotLookGenerated() {
        assertThat(KeyFormat.looksGenerated("q8hVQ7o0Zt2nC0b9m1S6r3Xk5d4fJwLpYgUeTiNaBcE="))
                .isFalse();
        assertThat(KeyFormat.looksGenerated("550e8400e29b41d4a716446655440000")).isFalse();
        assertThat(KeyFormat.looksGenerated("mcpdp_my-own-key-of-some-length")).isFalse();
    }

    @Test
    void aGeneratedKeyShowsItselfToNoLog() {
        assertThat(KeyFormat.generate(random)).hasToString("[redacted]");
    }

    private static SecureRandom constant(byte value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, value);
        return fixed(bytes);
    }

    private static SecureRandom fixed(byte[] bytes) {
        return new FixedRandom(bytes);
    }

    private static final class FixedRandom extends SecureRandom {

        private final byte[] given;

        FixedRandom(byte[] given) {
            this.given = given.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, bytes.length);
        }
    }
}
