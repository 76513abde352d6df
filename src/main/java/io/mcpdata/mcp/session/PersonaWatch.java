package io.mcpdata.mcp.session;

import io.mcpdata.gateway.Tools;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.Tool;
import java.util.List;
import java.util.Optional;

/** Keeps the personas of open sessions in step with the configuration. Thread-safe. */
public final class PersonaWatch {

    private static final String LIST_CHANGED = JsonRpc.notification("notifications/tools/list_changed");

    private final ActivePersonas personas;
    private final Tools tools;

    public PersonaWatch(ActivePersonas personas, Tools tools) {
        this.personas = personas;
        this.tools = tools;
    }

    /**
     * Whether the session's caller still has a persona that may connect. If that is another one than before, the session
     * takes it over, and its client is told when other tools exist for it now.
     */
    boolean follow(McpSession session) {
        AuthorizedCaller before = session.caller();
        Optional<Persona> persona = personas.current()
                .personaFor(before.roles())
                .filter(now -> now.permissions().contains(Permission.MCP_CONNECT));
        if (persona.isEmpty()) {
            return false;
        }
        // a configuration keeps its personas, so another object means another configuration
        if (persona.get() != before.persona()) {
            AuthorizedCaller now = new AuthorizedCaller(before.caller(), persona.get());
            session.adopt(persona.get());
            if (session.initialization().isDone() && !names(before).equals(names(now))) {
                session.stream().offer(StreamEvent.message(LIST_CHANGED));
            }
        }
        return true;
    }

    private List<String> names(AuthorizedCaller caller) {
        return tools.list(caller).stream().map(Tool::name).toList();
    }
}
