package io.mcpdata.jose;

import java.math.BigInteger;

/**
 * Recognises RSA keys of the ROCA kind (CVE-2017-15361), whose private key can be computed from the public one. The
 * faulty library made each prime as k * M + (65537^a mod M), where M is the product of the first primes. So the modulus
 * is a power of 65537 modulo M, which holds for one in 2^150 of other moduli (Nemec and others, "The Return of
 * Coppersmith's Attack", ACM CCS 2017). M contains the primes below for keys of every length.
 */
final class RocaFingerprint {

    private static final int GENERATOR = 65_537;

    /** Modulo 2 every modulus is a power of 65537. */
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };

    private RocaFingerprint() {}

    static boolean matches(BigInteger modulus) {
        int[] exponents = new int[PRIMES.length];
        int[] orders = new int[PRIMES.length];
        for (int i = 0; i < PRIMES.length; i++) {
            int remainder = modulus.mod(BigInteger.valueOf(PRIMES[i])).intValue();
            exponents[i] = exponent(remainder, PRIMES[i]);
            if (exponents[i] < 0) {
                return false;
            }
            orders[i] = order(PRIMES[i]);
            for (int j = 0; j < i; j++) {
                // one exponent must fit all primes (Chinese remainder theorem)
                if ((exponents[i] - exponents[j]) % gcd(orders[i], orders[j]) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The smallest exponent with which the generator gives this remainder; -1 if none does. */
    private static int exponent(int remainder, int prime) {
        int power = 1;
        for (int exponent = 0; exponent < prime; exponent++) {
            if (power == remainder) {
                return exponent;
            }
            power = power * (GENERATOR % prime) % prime;
        }
        return -1;
    }

    /** The number of powers of the generator after which the remainders repeat. */
    private static int order(int prime) {
        int order = 1;
        for (int power = GENERATOR % prime; power != 1; power = power * (GENERATOR % prime) % prime) {
            order++;
        }
        return order;
    }

    private static int gcd(int one, int other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
