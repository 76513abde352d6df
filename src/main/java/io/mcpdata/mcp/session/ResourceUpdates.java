package io.mcpdata.mcp.session;

import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.gateway.Features;
import io.mcpdata.gateway.ResourceUpdated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells clients that a resource to which they have subscribed has changed. Thread-safe. */
@ApplicationScoped
public class ResourceUpdates {

    private final McpSessions sessions;
    private final Features features;

    @Inject
    ResourceUpdates(McpSessions sessions, FeatureGateway features) {
        this.sessions = sessions;
        this.features = features;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ResourceUpdates() {
        this.sessions = null;
        this.features = null;
    }

    /** The persona may have changed since the client subscribed, so it decides again. */
    void updated(@Observes ResourceUpdated change) {
        String uri = change.uri();
        sessions.all().stream()
                .filter(session -> session.subscriptions().contains(uri))
                .filter(session -> features.mayRead(session.caller(), uri))
                .forEach(session -> session.stream().updated(uri));
    }
}
