package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/**
 * {@code ServerCapabilities} of the MCP schema, as far as the platform has any: tools.
 *
 * @param toolListChanged whether the server tells when the list of tools changes
 */
public record ServerCapabilities(boolean toolListChanged) {

    public JsonObject toJson() {
        return Json.object()
                .add("tools", Json.object().add("listChanged", toolListChanged))
                .build();
    }
}
