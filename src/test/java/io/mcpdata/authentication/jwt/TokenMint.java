package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An issuer that signs any text, well-formed or not. Its keys are made once per test run. */
public final class TokenMint {

    public static final String AUDIENCE = "mcp-data-platform";

    public static final KeyPair RSA = rsa(2048);
    public static final KeyPair OTHER_RSA = rsa(2048);
    public static final KeyPair SMALL_RSA = rsa(1024);
    public static final KeyPair P256 = ec("secp256r1");
    public static final KeyPair P384 = ec("secp384r1");
    public static final KeyPair P521 = ec("secp521r1");
    public static final KeyPair ED25519 = pair("Ed25519", 0);

    private static final Map<String, String> JCA_NAMES = Map.of(
            "RS256", "SHA256withRSA",
            "RS384", "SHA384withRSA",
            "RS512", "SHA512withRSA",
            "ES256", "SHA256withECDSAinP1363Format",
            "ES384", "SHA384withECDSAinP1363Format",
            "ES512", "SHA512withECDSAinP1363Format",
            "EdDSA", "Ed25519");

    private final String issuer;
    private final Instant now;

    public TokenMint(String issuer, Instant now) {
        this.issuer = issuer;
        this.now = now;
    }

    /** The public keys an honest issuer shows, and some that no token may be checked with. */
    public static JWKSet keys() {
        return new JWKSet(List.of(
                rsaKey(RSA).keyID("rsa").keyUse(KeyUse.SIGNATURE).build(),
                ecKey(Curve.P_256, P256).keyID("p256").build(),
                ecKey(Curve.P_384, P384).keyID("p384").build(),
                ecKey(Curve.P_521, P521).keyID("p521").build(),
                edKey(),
                rsaKey(RSA)
                        .keyID("rsa-pss-only")
                        .algorithm(com.nimbusds.jose.JWSAlgorithm.PS256)
                        .build(),
                rsaKey(RSA).keyID("rsa-encryption").keyUse(KeyUse.ENCRYPTION).build(),
                rsaKey(RSA)
                        .keyID("rsa-operations")
                        .keyOperations(Set.of(KeyOperation.ENCRYPT, KeyOperation.WRAP_KEY))
                        .build(),
                rsaKey(SMALL_RSA).keyID("rsa-small").build(),
                new OctetSequenceKey.Builder(RSA.getPublic().getEncoded())
                        .keyID("oct")
                        .build()));
    }

    public static RSAKey.Builder rsaKey(KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic());
    }

    private static ECKey.Builder ecKey(Curve curve, KeyPair pair) {
        return new ECKey.Builder(curve, (ECPublicKey) pair.getPublic());
    }

    private static JWK edKey() {
        EdECPublicKey key = (EdECPublicKey) ED25519.getPublic();
        byte[] bigEndian = key.getPoint().getY().toByteArray();
        byte[] x = new byte[32];
        for (int i = 0; i < Math.min(bigEndian.length, 32); i++) {
            x[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            x[31] |= (byte) 0x80;
        }
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .keyID("ed25519")
                .build();
    }

    public Instant now() {
        return now;
    }

    public String issuer() {
        return issuer;
    }

    /** A header that names the key an honest issuer would take for this algorithm. */
    static Members header(String algorithm) {
        String keyId = switch (algorithm) {
            case "ES256" -> "p256";
            case "ES384" -> "p384";
            case "ES512" -> "p521";
            case "EdDSA" -> "ed25519";
            default -> "rsa";
        };
        return Members.of("alg", text(algorithm)).with("kid", text(keyId)).with("typ", text("JWT"));
    }

    /** The claims of a good token of half an hour. */
    public Members claims() {
        return Members.of("iss", text(issuer))
                .with("sub", text("3f0c9a52-subject"))
                .with("aud", text(AUDIENCE))
                .with("iat", String.valueOf(now.getEpochSecond()))
                .with("exp", String.valueOf(now.getEpochSecond() + 1800))
                .with("scope", text("openid mcp"))
                .with("groups", "[\"analyst\"]");
    }

    /** A good token with these claims, signed RS256. */
    public String token(Members claims) {
        return sign(header("RS256").toString(), claims.toString(), "RS256", RSA.getPrivate());
    }

    public String token() {
        return token(claims());
    }

    /** A good token, signed this way. */
    public String tokenBy(String algorithm) {
        return sign(header(algorithm).toString(), claims().toString(), algorithm, keyFor(algorithm));
    }

    /** A valid token, except that the key it names does not exist. */
    public String tokenNaming(String keyId) {
        String header = header("RS256").with("kid", text(keyId)).toString();
        return sign(header, claims().toString(), "RS256", OTHER_RSA.getPrivate());
    }

    /** A good token that names this key and is signed with it, RS256. */
    public String tokenNaming(String keyId, PrivateKey key) {
        String header = header("RS256").with("kid", text(keyId)).toString();
        return sign(header, claims().toString(), "RS256", key);
    }

    /** Signs these two texts without checking them. */
    static String sign(String header, String claims, String algorithm, PrivateKey key) {
        return sign(bytes(header), bytes(claims), algorithm, key);
    }

    static String sign(byte[] header, byte[] claims, String algorithm, PrivateKey key) {
        String signed = encode(header) + "." + encode(claims);
        return signed + "." + encode(signature(bytes(signed), algorithm, key));
    }

    static byte[] signature(byte[] signed, String algorithm, PrivateKey key) {
        try {
            boolean pss = algorithm.startsWith("PS");
            Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : JCA_NAMES.get(algorithm));
            if (pss) {
                int bits = Integer.parseInt(algorithm.substring(2));
                signature.setParameter(
                        new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
            }
            signature.initSign(key);
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static PrivateKey keyFor(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> P256.getPrivate();
            case "ES384" -> P384.getPrivate();
            case "ES512" -> P521.getPrivate();
            case "EdDSA" -> ED25519.getPrivate();
            default -> RSA.getPrivate();
        };
    }

    static String text(String value) {
        return "\"" + value + "\"";
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair rsa(int bits) {
        return pair("RSA", bits);
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
