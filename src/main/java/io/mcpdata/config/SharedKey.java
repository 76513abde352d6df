package io.mcpdata.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that servers with one store have in common. They come from {@code audit.signing_key}, which is the same on each of
 * them, so that no key is in the database.
 */
public final class SharedKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "mcp-data-platform shared key: ";

    private SharedKey() {}

    /**
     * 32 bytes; empty if the server has its store for itself.
     *
     * @param purpose keys for different purposes tell nothing about each other
     */
    public static Optional<byte[]> of(PlatformConfig config, String purpose) {
        return config.database()
                .flatMap(shared -> config.audit().signingKey())
                .map(pem -> derived(
                        SigningKeyPem.parse(pem.reveal()).getBytes().orElseThrow(IllegalStateException::new),
                        LABEL + purpose));
    }

    /** HMAC-SHA256 of the text. */
    static byte[] derived(byte[] from, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(from, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
