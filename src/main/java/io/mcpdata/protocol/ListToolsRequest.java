package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * The parameters of {@code tools/list}.
 *
 * @param cursor where the page begins; empty for the first one
 */
public record ListToolsRequest(Optional<String> cursor) {

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the cursor is not a string */
    public static ListToolsRequest from(JsonObject params) {
        return new ListToolsRequest(Members.optionalText(params, "params", "cursor"));
    }
}
