package io.mcpdata.audit.chain;

import io.mcpdata.config.SigningKeyPem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The Ed25519 key that signs checkpoints. Immutable; never shown. */
final class SigningKey {

    private final PrivateKey key;
    private final PublicSigningKey shown;

    private SigningKey(KeyPair pair) {
        this.key = pair.getPrivate();
        this.shown = new PublicSigningKey(pair.getPublic());
    }

    static SigningKey random() {
        try {
            return new SigningKey(
                    KeyPairGenerator.getInstance(PublicSigningKey.ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if the text is not the PKCS#8 PEM form of an Ed25519 key; it is not in the message */
    static SigningKey ofPem(String pem) {
        EdECPrivateKey key = SigningKeyPem.parse(pem);
        try {
            return new SigningKey(pairOf(key.getBytes().orElseThrow()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java cannot use the private Ed25519 key", e);
        }
    }

    /** The form of the file has no public key, and the JDK computes one only where it makes a pair from random bytes. */
    private static KeyPair pairOf(byte[] privateBytes) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(PublicSigningKey.ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Given(privateBytes));
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, privateBytes)) {
            throw new GeneralSecurityException("this Java does not make the pair of a private key");
        }
        return pair;
    }

    /** Returns the given bytes as if they were random. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            super(null, null);
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }

    String pem() {
        return SigningKeyPem.encode(key.getEncoded());
    }

    PublicSigningKey publicKey() {
        return shown;
    }

    String id() {
        return shown.id();
    }

    /** The signature in hexadecimal digits. */
    String sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(PublicSigningKey.ALGORITHM);
            signature.initSign(key);
            signature.update(content);
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the audit trail cannot be signed", e);
        }
    }

    @Override
    public String toString() {
        return "signing key " + id();
    }
}
