package io.mcpdata.audit.chain;

import io.mcpdata.config.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The key that verifies checkpoints. Immutable. */
public final class PublicSigningKey {

    static final String ALGORITHM = "Ed25519";
    private static final String LABEL = "PUBLIC KEY";
    private static final int ID_LENGTH = 16;

    private final PublicKey key;
    private final String id;

    PublicSigningKey(PublicKey key) {
        this.key = key;
        this.id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(RowHash.sha256().digest(key.getEncoded()))
                .substring(0, ID_LENGTH);
    }

    /** @throws IllegalArgumentException if the text is not the PEM form of an Ed25519 key */
    public static PublicSigningKey ofPem(String pem) {
        try {
            return new PublicSigningKey(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(Pem.decode(LABEL, pem))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public Ed25519 key", e);
        }
    }

    String pem() {
        return Pem.encode(LABEL, key.getEncoded());
    }

    /** The first 16 characters of the SHA-256 of the key, in base64url. */
    public String id() {
        return id;
    }

    /** Whether the signature, in hexadecimal digits, is that of this key over these bytes. */
    boolean verifies(byte[] signed, String signature) {
        try {
            Signature verification = Signature.getInstance(ALGORITHM);
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
