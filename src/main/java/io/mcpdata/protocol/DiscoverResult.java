package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/** {@code DiscoverResult} of the MCP schema of revision 2026-07-28. */
public record DiscoverResult(String instructions) {

    public JsonObject toJson() {
        return Json.object()
                .add("supportedVersions", Json.strings(ProtocolVersion.ofStreamableHttp()))
                .add("capabilities", ServerCapabilities.of(ProtocolVersion.V2026_07_28))
                .add("instructions", instructions)
                .build();
    }
}
