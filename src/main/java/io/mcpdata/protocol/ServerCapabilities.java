package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** {@code ServerCapabilities} of the MCP schema: what the platform can do in a revision. */
public final class ServerCapabilities {

    /** The extension that is specified for this and later revisions. */
    private static final String SKILLS = "io.modelcontextprotocol/skills";

    private static final String LIST_CHANGED = "listChanged";

    private ServerCapabilities() {}

    public static JsonObject of(ProtocolVersion revision) {
        JsonObjectBuilder capabilities = Json.object()
                .add("tools", Json.object().add(LIST_CHANGED, true))
                .add("resources", Json.object().add("subscribe", true).add(LIST_CHANGED, true))
                .add("prompts", Json.object().add(LIST_CHANGED, true));
        if (revision.isSince(ProtocolVersion.V2025_03_26)) {
            capabilities.add("completions", Json.object());
        }
        if (revision.isStateless()) {
            capabilities.add(
                    "extensions",
                    Json.object()
                            .add(SKILLS, Json.object().add("directoryRead", true))
                            .add(Task.EXTENSION, Json.object()));
        }
        return capabilities.add("logging", Json.object()).build();
    }
}
