package io.mcpdata.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The value of a strong entity tag (RFC 9110, section 8.8.3), made from the content: it is the same on every server. */
public final class ContentTag {

    private static final int BYTES = 16;

    private ContentTag() {}

    /** Hexadecimal digits, without the quotes of the header. */
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
