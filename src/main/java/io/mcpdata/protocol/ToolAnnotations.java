package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/** {@code ToolAnnotations} of the MCP schema: hints for the client, never a permission. */
public record ToolAnnotations(
        boolean readOnlyHint, boolean destructiveHint, boolean idempotentHint, boolean openWorldHint) {

    /** Reads and changes nothing. */
    public static final ToolAnnotations READ_ONLY = new ToolAnnotations(true, false, true, false);

    JsonObject toJson() {
        return Json.object()
                .add("readOnlyHint", readOnlyHint)
                .add("destructiveHint", destructiveHint)
                .add("idempotentHint", idempotentHint)
                .add("openWorldHint", openWorldHint)
                .build();
    }
}
