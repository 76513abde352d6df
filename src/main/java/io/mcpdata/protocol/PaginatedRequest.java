package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * The parameters of a list request: {@code PaginatedRequestParams} of the MCP schema.
 *
 * @param cursor where the page begins; empty for the first one
 */
public record PaginatedRequest(Optional<String> cursor) {

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the cursor is not a string */
    public static PaginatedRequest from(JsonObject params) {
        return new PaginatedRequest(Members.optionalText(params, "params", "cursor"));
    }
}
