package io.mcpdata.gateway;

import jakarta.json.JsonObject;

/** One call of a tool with its validated arguments. Thread-safe. */
public final class ToolInvocation extends CallContext {

    private final String tool;
    private final JsonObject arguments;

    ToolInvocation(ClientCall call, String tool, JsonObject arguments) {
        super(call);
        this.tool = tool;
        this.arguments = arguments;
    }

    @Override
    public String tool() {
        return tool;
    }

    public JsonObject arguments() {
        return arguments;
    }
}
