package io.mcpdata.mcp.session;

import io.mcpdata.gateway.ResourceUpdated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells clients that a resource to which they have subscribed has changed. Thread-safe. */
@ApplicationScoped
public class ResourceUpdates {

    private final McpSessions sessions;
    private final PersonaWatch personas;

    @Inject
    ResourceUpdates(McpSessions sessions, PersonaWatch personas) {
        this.sessions = sessions;
        this.personas = personas;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ResourceUpdates() {
        this.sessions = null;
        this.personas = null;
    }

    /** The persona in force decides: it may have changed since the client subscribed. */
    void updated(@Observes ResourceUpdated change) {
        String uri = change.uri();
        sessions.all().stream()
                .filter(session -> session.subscriptions().contains(uri))
                .filter(session -> personas.mayRead(session.caller(), uri))
                .forEach(session -> session.stream().updated(uri));
    }
}
