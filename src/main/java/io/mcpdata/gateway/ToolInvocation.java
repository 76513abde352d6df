package io.mcpdata.gateway;

import jakarta.json.JsonObject;

/** One call of a tool with its validated arguments. Thread-safe. */
public final class ToolInvocation extends CallContext {

    private final JsonObject arguments;

    ToolInvocation(ClientCall call, JsonObject arguments) {
        super(call);
        this.arguments = arguments;
    }

    public JsonObject arguments() {
        return arguments;
    }
}
