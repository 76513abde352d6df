package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/**
 * {@code ServerCapabilities} of the MCP schema; the platform has only tools.
 *
 * @param toolListChanged whether the server notifies clients when the list of tools changes
 */
public record ServerCapabilities(boolean toolListChanged) {

    public JsonObject toJson() {
        return Json.object()
                .add("tools", Json.object().add("listChanged", toolListChanged))
                .build();
    }
}
