package io.mcpdata.config;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** A private Ed25519 key in PEM, as {@code openssl genpkey -algorithm ed25519} writes it. */
public final class SigningKeyPem {

    static final String EXPECTED = "a private Ed25519 key in PEM, as openssl genpkey -algorithm ed25519 makes it";

    private static final String LABEL = "PRIVATE KEY";

    private SigningKeyPem() {}

    public static String encode(byte[] encoded) {
        return Pem.encode(LABEL, encoded);
    }

    /** @throws IllegalArgumentException if the text is not the PKCS#8 PEM form of an Ed25519 key; it is not in the message */
    public static EdECPrivateKey parse(String pem) {
        byte[] encoded = Pem.decode(LABEL, pem);
        try {
            EdECPrivateKey key = (EdECPrivateKey)
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (key.getBytes().isPresent()) {
                return key;
            }
            throw new InvalidKeyException("a key without its bytes");
        } catch (GeneralSecurityException | RuntimeException e) {
            // the cause could show bytes of the key
            throw new IllegalArgumentException("not a private Ed25519 key in PKCS#8");
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** What a text is that {@link #parse} refused, without any part of it. */
    static String found(String text) {
        if (text.isBlank()) {
            return "an empty key";
        }
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
            return "a key that is encrypted with a password";
        }
        if (text.contains("-----BEGIN PUBLIC KEY-----")) {
            return "a public key";
        }
        return text.contains("-----BEGIN " + LABEL + "-----")
                ? "a damaged key, or one of another algorithm"
                : "no PEM text of a private key in PKCS#8";
    }
}
