package io.mcpdata.conformance;

import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import jakarta.json.JsonValue;
import java.util.function.Function;

/** One tool of the suite. */
record FixtureTool(Tool description, Function<ToolInvocation, CallToolResult> work) implements ToolHandler {

    private static final String NO_ARGUMENTS = "{\"type\": \"object\", \"additionalProperties\": false}";

    static FixtureTool of(String name, Function<ToolInvocation, CallToolResult> work) {
        return of(name, NO_ARGUMENTS, work);
    }

    /** @param inputSchema JSON */
    static FixtureTool of(String name, String inputSchema, Function<ToolInvocation, CallToolResult> work) {
        return new FixtureTool(
                new Tool(
                        name,
                        name,
                        "A tool of the conformance suite.",
                        Json.readObject(inputSchema),
                        JsonValue.EMPTY_JSON_OBJECT,
                        ToolAnnotations.READ_ONLY),
                work);
    }

    @Override
    public Tool describe() {
        return description;
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        return new ToolResponse(work.apply(invocation), -1);
    }
}
