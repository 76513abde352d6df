package io.mcpdata.authentication;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a bearer credential looks like a JWT: three non-empty base64url parts, the first a JSON object with
 * {@code alg}. Then it is judged as a token and as nothing else.
 */
final class JwtShape {

    private static final Pattern THREE_PARTS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** Longer headers are left to no parser: such a text is refused as a token. */
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
        try (JsonReader reader = READERS.createReader(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(header)))) {
            return reader.readValue() instanceof JsonObject object && object.containsKey("alg");
        } catch (RuntimeException e) {
            // JSON of no kind, or nested so deep that the parser gives up, which it says by no exception of its own
            return false;
        }
    }
}
