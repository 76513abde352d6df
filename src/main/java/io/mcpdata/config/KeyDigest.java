package io.mcpdata.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of a key or token, the only form in which the platform keeps one. Logs, audit rows and screens show {@link
 * #id()}. Immutable and thread-safe.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record KeyDigest(String hex) {

    private static final int DIGITS = 64;
    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");
    private static final int ID_LENGTH = 12;

    /** @throws IllegalArgumentException if this is not a SHA-256 in lower-case hexadecimal */
    public KeyDigest {
        if (hex.length() != DIGITS || !isLowerCaseHex(hex)) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hexadecimal digits");
        }
    }

    /** The digest of a key as presented: exact, case-sensitive, not trimmed. */
    public static KeyDigest of(String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new KeyDigest(
                    HexFormat.of().formatHex(sha256.digest(exact(key).getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** getBytes replaces a single surrogate by a question mark, so two different keys would have one digest. */
    private static String exact(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (Character.isSurrogate(key.charAt(i))) {
                return HALF_PAIR.matcher(key).replaceAll("\ufffd");
            }
        }
        return key;
    }

    private static boolean isLowerCaseHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The key id: the first 12 hexadecimal digits. */
    public String id() {
        return hex.substring(0, ID_LENGTH);
    }

    @Override
    public String toString() {
        return id();
    }
}
