package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/**
 * {@code InitializeResult} of the MCP schema.
 *
 * @param instructions hints for an agent about the tools
 */
public record InitializeResult(ProtocolVersion protocolVersion, Implementation serverInfo, String instructions) {

    public JsonObject toJson() {
        return Json.object()
                .add("protocolVersion", protocolVersion.label())
                .add("capabilities", ServerCapabilities.of(protocolVersion))
                .add("serverInfo", serverInfo.toJson())
                .add("instructions", instructions)
                .build();
    }
}
