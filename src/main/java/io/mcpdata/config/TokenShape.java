package io.mcpdata.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Whether a text could be taken for a JWT: three base64url parts, the first an object. In doubt yes, because a key of
 * this shape would never be looked up while single sign-on is on.
 */
final class TokenShape {

    private static final Pattern THREE_PARTS = Pattern.compile("([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private TokenShape() {}

    static boolean isIn(String text) {
        if (!THREE_PARTS.matcher(text).matches()) {
            return false;
        }
        try {
            byte[] first = Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.')));
            return new String(first, StandardCharsets.UTF_8).strip().startsWith("{");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
