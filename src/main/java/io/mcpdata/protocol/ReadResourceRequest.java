package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/**
 * The parameters of {@code resources/read}, {@code resources/subscribe}, {@code resources/unsubscribe} and {@code
 * skills/get}.
 */
public record ReadResourceRequest(String uri) {

    /** Longer ones have no use. */
    private static final int LONGEST = 2_048;

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the URI is missing or too long */
    public static ReadResourceRequest from(JsonObject params) {
        String uri = Members.text(params, "params", "uri");
        if (uri.isEmpty() || uri.length() > LONGEST) {
            throw ProtocolException.invalidParams("params.uri must have 1 to " + LONGEST + " characters");
        }
        return new ReadResourceRequest(uri);
    }
}
