package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/** The parameters of {@code resources/directory/read} of the extension Skills: a directory, and where the page begins. */
public record DirectoryRequest(String uri, PaginatedRequest page) {

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the URI is missing or too long, or the cursor is not a string */
    public static DirectoryRequest from(JsonObject params) {
        return new DirectoryRequest(ReadResourceRequest.from(params).uri(), PaginatedRequest.from(params));
    }
}
