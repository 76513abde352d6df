package io.mcpdata.authentication.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.security.SecureRandom;

/** Every text that is presented as a key, and every typing error in a valid one. */
final class KeyFormatFuzzTest {

    private static final int PLACE_BYTES = 2;

    @FuzzTest(maxDuration = "10m")
    void onlyWhatMatchesThePublishedPatternHasAChecksumThatHolds(byte[] input) {
        String text = new String(input, UTF_8);

        boolean holds = KeyFormat.checksumHolds(text);

        assertThat(KeyFormat.looksGenerated(text)).isEqualTo(text.matches(KeyFormat.PATTERN));
        if (holds) {
            assertThat(text).matches(KeyFormat.PATTERN);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void noSlipInAGoodKeyIsTakenForOne(byte[] input) {
        if (input.length < PLACE_BYTES) {
            return;
        }
        String key = KeyFormat.generate(new GivenRandom(input)).reveal();
        assertThat(KeyFormat.checksumHolds(key)).isTrue();
        int place = (input[0] & 0xff) % key.length();
        char other = (char) (input[1] & 0xff);

        if (other != key.charAt(place)) {
            String slip = key.substring(0, place) + other + key.substring(place + 1);
            assertThat(KeyFormat.checksumHolds(slip)).isFalse();
        }
    }

    /** The input, filled up with zeros. */
    private static final class GivenRandom extends SecureRandom {

        private final byte[] given;

        GivenRandom(byte[] given) {
            this.given = new BigInteger(1, given).toByteArray();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, Math.min(bytes.length, given.length));
        }
    }
}
