package io.mcpdata.authentication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the raw query by RFC 3986: percent escapes only. A {@code +} stays a {@code +}, because keys made with {@code
 * openssl rand -base64} contain it and users paste them unchanged. The body is never read.
 */
final class QueryString {

    private final String raw;

    QueryString(@Nullable String raw) {
        this.raw = raw == null ? "" : raw;
    }

    /**
     * Every value of this name, in order; a value with a broken escape is returned unchanged and matches no credential.
     */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                int character = text.codePointAt(i);
                for (byte b : utf8(character)) {
                    bytes[length++] = b;
                }
                i += Character.charCount(character) - 1;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** A single surrogate would be written as a question mark, which could be a character of another key. */
    private static byte[] utf8(int character) {
        String text = Character.getType(character) == Character.SURROGATE ? "\ufffd" : Character.toString(character);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
