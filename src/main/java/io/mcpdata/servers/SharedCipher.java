package io.mcpdata.servers;

import io.mcpdata.config.SharedKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what callers' data servers put into the database that they share (AES-256-GCM), so that who reads the database
 * reads no rows of the data sources, and who writes to it can give a caller none. Thread-safe.
 */
final class SharedCipher {

    private static final Logger LOG = System.getLogger(SharedCipher.class.getName());

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SharedServers servers;
    private final SecureRandom random = new SecureRandom();
    private @Nullable SecretKey key;

    SharedCipher(SharedServers servers) {
        this.servers = servers;
    }

    /** @param place where it is kept: it can be decrypted for this place only */
    byte[] encrypt(byte[] plain, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            byte[] encrypted = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, encrypted, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, encrypted, NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if it was changed, comes from another place, or was encrypted with another key */
    byte[] decrypt(byte[] encrypted, String place) {
        try {
            byte[] nonce = java.util.Arrays.copyOf(encrypted, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, place)
                    .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the platform store has changed content for " + place.substring(0, place.indexOf(' '))
                            + ", or another" + " server has another audit.signing_key");
        }
    }

    /** The text; empty, with a warning, if it cannot be decrypted: for the caller it does not exist then. */
    Optional<String> tryDecrypt(byte[] encrypted, String place) {
        try {
            return Optional.of(new String(decrypt(encrypted, place), StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, e.getMessage());
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private synchronized SecretKey key() {
        SecretKey known = key;
        if (known == null) {
            known = new SecretKeySpec(
                    SharedKey.of(servers.first(), "data of callers")
                            .orElseThrow(() -> new IllegalStateException("no database is shared")),
                    "AES");
            key = known;
        }
        return known;
    }
}
