package io.mcpdata.gateway;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import java.util.ArrayList;
import java.util.List;
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
    private final List<ToolInvocation> calls = new ArrayList<>();
    private Supplier<CallToolResult> answer = () -> CallToolResult.error("");

    RecordingTool(String name) {
        this.name = name;
    }

    void answers(Supplier<CallToolResult> newAnswer) {
        answer = newAnswer;
    }

    List<ToolInvocation> calls() {
        return calls;
    }

    @Override
    public Tool describe() {
        return new Tool(name, name, name, Json.readObject(SCHEMA), Json.readObject("{}"), ToolAnnotations.READ_ONLY);
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        calls.add(invocation);
        return new ToolResponse(answer.get(), 7);
    }
}
