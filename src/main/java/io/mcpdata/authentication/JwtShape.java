package io.mcpdata.authentication;

import io.mcpdata.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Whether a bearer credential looks like a JWT: three non-empty base64url parts, the first a JSON object with {@code
 * alg}. Then it is verified as a token and in no other way.
 */
final class JwtShape {

    private static final Pattern THREE_PARTS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    /** A longer header is not parsed: such a text is refused as a token. */
    private static final int LONGEST_HEADER = 2048;

    private JwtShape() {}

    static boolean isIn(String credential) {
        if (!THREE_PARTS.matcher(credential).matches()) {
            return false;
        }
        String header = credential.substring(0, credential.indexOf('.'));
        return header.length() > LONGEST_HEADER || hasAlgorithm(header);
    }

    private static boolean hasAlgorithm(String header) {
        try {
            return Json.readObject(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                    .containsKey("alg");
        } catch (RuntimeException e) {
            // not JSON, or nested so deep that the parser gives up, for which it has no exception of its own
            return false;
        }
    }
}
