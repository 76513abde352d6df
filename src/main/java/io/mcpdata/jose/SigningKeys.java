package io.mcpdata.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Selects the keys of an issuer that may verify a signature: kind, curve, size, {@code alg}, {@code use} and {@code
 * key_ops} must all fit (RFC 8725, section 3.1), so that no algorithm is used with a key made for another one.
 */
public final class SigningKeys {

    /** An attacker who knows only the public key cannot forge a signature of any of these. */
    public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    /** A token without a key id is tried with this many keys: each costs a verification. */
    private static final int MOST_TRIED = 4;

    private static final int SHORTEST_RSA_BITS = 2048;
    private static final int LONGEST_RSA_BITS = 8192;
    private static final int LONGEST_EXPONENT_BITS = 32;

    private SigningKeys() {}

    /** The keys that the token may refer to: those with its key id, and those without one. */
    public static List<JWK> named(JWKSet keys, Optional<String> keyId) {
        return keys.getKeys().stream()
                .filter(key -> keyId.isEmpty()
                        || key.getKeyID() == null
                        || key.getKeyID().equals(keyId.get()))
                .toList();
    }

    /** Those of the keys that fit the algorithm. */
    public static List<JWK> fitting(List<JWK> keys, JWSAlgorithm algorithm) {
        return keys.stream()
                .filter(key -> fits(key, algorithm))
                .limit(MOST_TRIED)
                .toList();
    }

    /** Whether one of the keys can verify a token with one of these algorithms. */
    public static boolean anyFits(JWKSet keys, Set<String> algorithms) {
        return anyFits(keys, algorithms.stream().map(JWSAlgorithm::parse));
    }

    /** Whether one of the keys can verify a token of any algorithm. */
    public static boolean anySigns(JWKSet keys) {
        return anyFits(keys, ALGORITHMS.stream());
    }

    private static boolean anyFits(JWKSet keys, Stream<JWSAlgorithm> algorithms) {
        return algorithms.anyMatch(
                algorithm -> !fitting(keys.getKeys(), algorithm).isEmpty());
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        boolean algorithmFits =
                key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.getName());
        boolean useFits = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean operationsFit = key.getKeyOperations() == null
                || key.getKeyOperations().isEmpty()
                || key.getKeyOperations().contains(KeyOperation.VERIFY);
        return algorithmFits && useFits && operationsFit && kindFits(key, algorithm);
    }

    private static boolean kindFits(JWK key, JWSAlgorithm algorithm) {
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return key instanceof RSAKey rsa && isSound(rsa);
        }
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            return key instanceof ECKey ec && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
        }
        return key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519);
    }

    private static boolean isSound(RSAKey key) {
        try {
            BigInteger modulus = key.toRSAPublicKey().getModulus();
            BigInteger exponent = key.toRSAPublicKey().getPublicExponent();
            return modulus.bitLength() >= SHORTEST_RSA_BITS
                    && modulus.bitLength() <= LONGEST_RSA_BITS
                    && exponent.bitLength() <= LONGEST_EXPONENT_BITS
                    && exponent.testBit(0)
                    && exponent.compareTo(BigInteger.ONE) > 0;
        } catch (JOSEException e) {
            return false;
        }
    }
}
