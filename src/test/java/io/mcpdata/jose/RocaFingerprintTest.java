package io.mcpdata.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.RocaKey;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RocaFingerprintTest {

    private static final BigInteger GENERATOR = BigInteger.valueOf(65_537);

    @ParameterizedTest
    @CsvSource({"512,167", "1024,353", "2048,701", "3072,701"})
    void keyOfTheFaultyLibraryIsRecognised(int bits, int largest) {
        RSAPublicKey key =
                (RSAPublicKey) RocaKey.pair(bits, largest, new Random(bits)).getPublic();
        assertThat(key.getModulus().bitLength()).isEqualTo(bits);
        assertThat(RocaFingerprint.matches(key.getModulus())).isTrue();
    }

    @Test
    void noOtherModulusIs() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            assertThat(RocaFingerprint.matches(new BigInteger(2048, random).setBit(0)))
                    .isFalse();
        }
        assertThat(RocaFingerprint.matches(BigInteger.ZERO)).isFalse();
    }

    /** A power of the generator for each prime, and of another one for the largest: no single exponent gives all. */
    @Test
    void powersWithoutACommonExponentAreNotEnough() {
        BigInteger product = BigInteger.TWO;
        for (BigInteger prime = BigInteger.TWO; prime.intValue() < 163; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime.nextProbablePrime());
        }
        BigInteger largest = BigInteger.valueOf(167);
        BigInteger power = GENERATOR.modPow(BigInteger.valueOf(1234), product);
        BigInteger same = GENERATOR.modPow(BigInteger.valueOf(1234), largest);
        BigInteger other = GENERATOR.modPow(BigInteger.valueOf(1235), largest);
        assertThat(RocaFingerprint.matches(joined(power, product, same, largest)))
                .isTrue();
        assertThat(RocaFingerprint.matches(joined(power, product, other, largest)))
                .isFalse();
    }

    /** The number with this remainder modulo the one, and that modulo the other. */
    private static BigInteger joined(BigInteger one, BigInteger modulus, BigInteger other, BigInteger prime) {
        BigInteger joined = one;
        while (!joined.mod(prime).equals(other.mod(prime))) {
            joined = joined.add(modulus);
        }
        return joined;
    }
}
