package io.mcpdata.gateway;

import io.mcpdata.persona.AuthorizedCaller;
import jakarta.json.JsonObject;
import java.util.List;

/** One call of a tool: its validated arguments, and the connections that the caller may use. Thread-safe. */
public final class ToolInvocation {

    private final AuthorizedCaller caller;
    private final JsonObject arguments;
    private final Cancellation cancellation;

    ToolInvocation(AuthorizedCaller caller, JsonObject arguments, Cancellation cancellation) {
        this.caller = caller;
        this.arguments = arguments;
        this.cancellation = cancellation;
    }

    public JsonObject arguments() {
        return arguments;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** Whether this connection exists for the caller. */
    public boolean mayUse(String connection) {
        return caller.persona().connection(connection).allowed();
    }

    /** One value for all credentials of a caller, different from every other caller's. */
    public String callerIdentity() {
        return caller.identity();
    }

    public String callerName() {
        return caller.name();
    }

    public String authenticationMethod() {
        return caller.method();
    }

    public List<String> roles() {
        return caller.roles();
    }

    public String personaName() {
        return caller.persona().name();
    }

    public String personaDisplayName() {
        return caller.persona().displayName();
    }

    public String personaDescription() {
        return caller.persona().description();
    }
}
