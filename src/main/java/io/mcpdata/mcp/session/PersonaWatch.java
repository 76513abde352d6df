package io.mcpdata.mcp.session;

import io.mcpdata.gateway.FeatureLists;
import io.mcpdata.gateway.Features;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession.ToldLists;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * Updates the personas of open sessions when the configuration changes, and tells each client which of its lists have
 * changed. Thread-safe.
 */
public final class PersonaWatch {

    public static final String TOOLS_CHANGED = "notifications/tools/list_changed";
    public static final String RESOURCES_CHANGED = "notifications/resources/list_changed";
    public static final String PROMPTS_CHANGED = "notifications/prompts/list_changed";

    /** For a client of which the platform does not know what it was told last. */
    public static final List<String> ALL_CHANGED = List.of(TOOLS_CHANGED, RESOURCES_CHANGED, PROMPTS_CHANGED);

    private final ActivePersonas personas;
    private final Features features;

    public PersonaWatch(ActivePersonas personas, Features features) {
        this.personas = personas;
        this.features = features;
    }

    /** Remembers what the lists of a new session consist of. */
    void begin(McpSession session) {
        if (session.kind().hasLists()) {
            session.tell(current(session));
        }
    }

    /**
     * Whether the session's caller still has a persona that may use it. If the persona has changed, the session takes
     * the new one. The client is told if a list has changed.
     */
    boolean follow(McpSession session) {
        AuthorizedCaller before = session.caller();
        Optional<Persona> persona = personaOf(before, session.kind().permission());
        if (persona.isEmpty()) {
            return false;
        }
        // personas belong to one configuration, so another object means another configuration
        boolean configured = persona.get() != before.persona();
        if (configured) {
            session.adopt(persona.get());
        }
        if (!session.kind().hasLists()) {
            return true;
        }
        if (configured
                || session.told()
                        .filter(told -> told.version() == features.version())
                        .isEmpty()) {
            compare(session);
        }
        return true;
    }

    private void compare(McpSession session) {
        ToldLists now = current(session);
        Optional<FeatureLists> before = session.told().map(ToldLists::lists);
        session.tell(now);
        if (before.isEmpty() || !session.initialization().isInUse()) {
            return;
        }
        if (!before.get().tools().equals(now.lists().tools())) {
            session.stream().notify(TOOLS_CHANGED);
        }
        if (!before.get().resources().equals(now.lists().resources())) {
            session.stream().notify(RESOURCES_CHANGED);
        }
        if (!before.get().prompts().equals(now.lists().prompts())) {
            session.stream().notify(PROMPTS_CHANGED);
        }
    }

    private ToldLists current(McpSession session) {
        // the version first: a change in between is then noticed by the next check
        long version = features.version();
        return new ToldLists(features.lists(session.caller()), version);
    }

    /** Whether the caller may read the resource by the persona in force, which its session may not have yet. */
    boolean mayRead(AuthorizedCaller caller, String uri) {
        return personaOf(caller, Permission.MCP_CONNECT)
                .filter(persona -> features.mayRead(new AuthorizedCaller(caller.caller(), persona), uri))
                .isPresent();
    }

    /** Whether the caller may subscribe to the resource; a refusal has its audit row. */
    boolean maySubscribe(Requester requester, String uri) {
        try {
            features.checkSubscription(requester.caller(), requester.origin(), uri);
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }

    /** Whether the caller still has a persona that may connect. */
    boolean mayConnect(AuthorizedCaller caller) {
        return personaOf(caller, Permission.MCP_CONNECT).isPresent();
    }

    private Optional<Persona> personaOf(AuthorizedCaller caller, String permission) {
        return personas.current()
                .personaFor(caller.roles())
                .filter(now -> now.permissions().contains(permission));
    }
}
