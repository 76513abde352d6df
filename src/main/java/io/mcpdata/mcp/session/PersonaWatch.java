package io.mcpdata.mcp.session;

import io.mcpdata.gateway.Tools;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.Tool;
import java.util.List;
import java.util.Optional;

/** Updates the personas of open sessions when the configuration changes. Thread-safe. */
public final class PersonaWatch {

    public static final String TOOLS_CHANGED = "notifications/tools/list_changed";

    private final ActivePersonas personas;
    private final Tools tools;

    public PersonaWatch(ActivePersonas personas, Tools tools) {
        this.personas = personas;
        this.tools = tools;
    }

    /**
     * Whether the session's caller still has a persona that may connect. If the persona has changed, the session takes
     * the new one, and its client is told if its list of tools has changed.
     */
    boolean follow(McpSession session) {
        AuthorizedCaller before = session.caller();
        Optional<Persona> persona = personaOf(before);
        if (persona.isEmpty()) {
            return false;
        }
        // personas belong to one configuration, so another object means another configuration
        if (persona.get() != before.persona()) {
            AuthorizedCaller now = new AuthorizedCaller(before.caller(), persona.get());
            session.adopt(persona.get());
            if (session.initialization().isDone() && !names(before).equals(names(now))) {
                session.stream().notify(TOOLS_CHANGED);
            }
        }
        return true;
    }

    /** Whether the caller still has a persona that may connect. */
    boolean mayConnect(AuthorizedCaller caller) {
        return personaOf(caller).isPresent();
    }

    private Optional<Persona> personaOf(AuthorizedCaller caller) {
        return personas.current()
                .personaFor(caller.roles())
                .filter(now -> now.permissions().contains(Permission.MCP_CONNECT));
    }

    private List<String> names(AuthorizedCaller caller) {
        return tools.list(caller).stream().map(Tool::name).toList();
    }
}
