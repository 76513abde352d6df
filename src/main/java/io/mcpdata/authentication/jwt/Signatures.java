package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Whether this key made the signature over these bytes. False after any error. */
final class Signatures {

    private static final int ED25519_KEY_BYTES = 32;
    private static final int ED25519_SIGNATURE_BYTES = 64;

    private Signatures() {}

    static boolean isGood(CompactToken token, JWSAlgorithm algorithm, JWK key) {
        try {
            if (key instanceof OctetKeyPair pair) {
                return isGoodEdDsa(token, pair);
            }
            // a new header: of the token's header only the algorithm reaches the verifier
            return verifier(key).verify(new JWSHeader(algorithm), token.signed(), Base64URL.encode(token.signature()));
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof ECKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier((RSAKey) key);
    }

    /** Uses the JDK: Nimbus needs another library for EdDSA. */
    private static boolean isGoodEdDsa(CompactToken token, OctetKeyPair pair) throws GeneralSecurityException {
        // the JDK ignores further bytes, so one signature could have many texts
        if (token.signature().length != ED25519_SIGNATURE_BYTES) {
            return false;
        }
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(publicKey(pair.getDecodedX()));
        ed25519.update(token.signed());
        return ed25519.verify(token.signature());
    }

    /** RFC 8032, section 5.1.2: little-endian y, its topmost bit telling the sign of x. */
    private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length != ED25519_KEY_BYTES) {
            throw new GeneralSecurityException("an Ed25519 key has 32 bytes");
        }
        byte[] bigEndian = new byte[ED25519_KEY_BYTES];
        for (int i = 0; i < ED25519_KEY_BYTES; i++) {
            bigEndian[i] = encoded[ED25519_KEY_BYTES - 1 - i];
        }
        boolean xIsOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
