package io.mcpdata.gateway;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.SharedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals text that a client keeps for the server, such as a cursor: a changed one, or one made for another purpose, is
 * refused (HMAC-SHA256), and so is another spelling of it. The client can read the text. Thread-safe.
 */
public final class Seal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The length of a key. */
    public static final int KEY_BYTES = 32;

    private final Supplier<byte[]> source;
    private @Nullable SecretKey key;

    private Seal(Supplier<byte[]> source) {
        this.source = source;
    }

    /** With a key that lives as long as the process. */
    public static Seal ofRandomKey() {
        return of(randomKey());
    }

    /**
     * With the key that servers with one store have in common, so that each opens what another sealed; without one, with a
     * key that lives as long as the process. The key is taken at the first use, when there is a valid configuration.
     *
     * @param of what is sealed
     */
    public static Seal ofServers(ActiveConfiguration configuration, String of) {
        return new Seal(() -> SharedKey.of(configuration.config(), of).orElseGet(Seal::randomKey));
    }

    /** @param key of {@link #KEY_BYTES} random bytes */
    public static Seal of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes and not " + key.length);
        }
        return new Seal(() -> key);
    }

    public static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** @param purpose what the text is for, with the identity of the caller it belongs to */
    public String seal(String purpose, String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8)) + "." + encoded(code(purpose, text));
    }

    /** The text; empty if it was not sealed for this purpose. */
    public Optional<String> open(String purpose, String sealed) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            // base64 has several spellings of the same bytes, and only the one that was made is accepted
            return MessageDigest.isEqual(bytes(sealed), bytes(seal(purpose, text)))
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] code(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            // the length keeps purpose and text apart
            mac.update((purpose.length() + ":" + purpose + text).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized SecretKey key() {
        SecretKey known = key;
        if (known == null) {
            known = new SecretKeySpec(source.get(), ALGORITHM);
            key = known;
        }
        return known;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }
}
