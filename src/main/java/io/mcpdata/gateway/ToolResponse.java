package io.mcpdata.gateway;

import io.mcpdata.protocol.CallToolResult;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * The result of a tool.
 *
 * @param rows rows returned, for the audit row; -1 where it does not apply
 * @param told what the audit row has of the result beside the arguments, as its member {@code result}; no secret and no data
 */
public record ToolResponse(CallToolResult result, long rows, JsonObject told) {

    public ToolResponse(CallToolResult result, long rows) {
        this(result, rows, JsonValue.EMPTY_JSON_OBJECT);
    }
}
