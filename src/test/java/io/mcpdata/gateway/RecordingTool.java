package io.mcpdata.gateway;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A tool that remembers its calls and answers as it is told. */
final class RecordingTool implements ToolHandler {

    static final String SCHEMA = """
            {"type": "object", "additionalProperties": false, "required": ["connection", "sql"], "properties": {
              "connection": {"type": "string", "minLength": 1, "maxLength": 64},
              "sql": {"type": "string", "minLength": 1},
              "max_rows": {"type": "integer", "minimum": 1, "maximum": 100000},
              "order": {"enum": ["up", "down"]},
              "parameters": {"type": "array", "maxItems": 2, "items": {"type": ["string", "number", "null"]}}}}""";

    private final String name;
    private final List<ToolInvocation> calls = new CopyOnWriteArrayList<>();
    private volatile boolean immediate;
    private volatile String schema = SCHEMA;
    private volatile Function<ToolInvocation, CallToolResult> answer = invocation -> CallToolResult.error("");

    RecordingTool(String name) {
        this.name = name;
    }

    void answers(Supplier<CallToolResult> newAnswer) {
        answers(invocation -> newAnswer.get());
    }

    void answers(Function<ToolInvocation, CallToolResult> newAnswer) {
        answer = newAnswer;
    }

    void takes(String inputSchema) {
        schema = inputSchema;
    }

    List<ToolInvocation> calls() {
        return calls;
    }

    @Override
    public Tool describe() {
        return new Tool(name, name, name, Json.readObject(schema), Json.readObject("{}"), ToolAnnotations.READ_ONLY);
    }

    void waitsForNothing() {
        immediate = true;
    }

    @Override
    public boolean isImmediate() {
        return immediate;
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        calls.add(invocation);
        return new ToolResponse(answer.apply(invocation), 7);
    }
}
