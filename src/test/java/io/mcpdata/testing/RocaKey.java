package io.mcpdata.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;

/** RSA keys made as the faulty library of CVE-2017-15361 makes them: each prime is k * M + (65537^a mod M). */
public final class RocaKey {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    private RocaKey() {}

    /**
     * @param bits the length of the key
     * @param largest M is the product of the primes up to this one: 167 for 512 bits, 701 for 2048, 1427 for 4096
     */
    public static KeyPair pair(int bits, int largest, Random random) {
        BigInteger product = product(largest);
        BigInteger p = prime(bits / 2, product, random);
        BigInteger q = prime(bits / 2, product, random);
        BigInteger modulus = p.multiply(q);
        BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    rsa.generatePrivate(new RSAPrivateKeySpec(modulus, EXPONENT.modInverse(phi))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger product(int largest) {
        BigInteger product = BigInteger.ONE;
        for (BigInteger prime = BigInteger.TWO; prime.intValue() <= largest; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        return product;
    }

    private static BigInteger prime(int bits, BigInteger product, Random random) {
        // the two topmost bits are set, so that the product of two has the whole length
        BigInteger least = BigInteger.valueOf(3).shiftLeft(bits - 2);
        while (true) {
            BigInteger k = least.divide(product).add(new BigInteger(bits - 2 - product.bitLength(), random));
            BigInteger a = new BigInteger(product.bitLength(), random);
            BigInteger candidate = k.multiply(product).add(EXPONENT.modPow(a, product));
            if (candidate.bitLength() == bits
                    && candidate.isProbablePrime(64)
                    && !candidate.mod(EXPONENT).equals(BigInteger.ONE)) {
                return candidate;
            }
        }
    }
}
