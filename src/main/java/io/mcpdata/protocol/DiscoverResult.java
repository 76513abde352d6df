package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/** {@code DiscoverResult} of the MCP schema of revision 2026-07-28. */
public record DiscoverResult(ServerCapabilities capabilities, String instructions) {

    public JsonObject toJson() {
        return Json.object()
                .add("supportedVersions", Json.strings(ProtocolVersion.ofStreamableHttp()))
                .add("capabilities", capabilities.toJson())
                .add("instructions", instructions)
                .build();
    }
}
