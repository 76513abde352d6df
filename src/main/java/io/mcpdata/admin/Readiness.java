package io.mcpdata.admin;

import io.mcpdata.authentication.CredentialHealth;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.servers.SharedServers;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Whether calls can be served. Thread-safe. */
@ApplicationScoped
class Readiness {

    /**
     * @param serving whether calls are answered
     * @param status {@code ready}, {@code degraded} (calls are served, but something fails) or {@code not ready}
     */
    record State(boolean serving, String status, List<String> reasons) {}

    private static final State READY = new State(true, "ready", List.of());

    private final ActiveConfiguration configuration;
    private final PlatformStore store;
    private final SharedServers servers;
    private final Instance<CredentialHealth> credentials;
    private final Instance<Toolkit> toolkits;

    @Inject
    Readiness(
            ActiveConfiguration configuration,
            PlatformStore store,
            SharedServers servers,
            @Any Instance<CredentialHealth> credentials,
            @Any Instance<Toolkit> toolkits) {
        this.configuration = configuration;
        this.store = store;
        this.servers = servers;
        this.credentials = credentials;
        this.toolkits = toolkits;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    Readiness() {
        this(null, null, null, null, null);
    }

    State state() {
        if (!configuration.usable()) {
            return new State(false, "not ready", List.of("no valid configuration"));
        }
        if (!store.available()) {
            return new State(false, "not ready", List.of("store unavailable"));
        }
        if (!toolkits.stream().allMatch(Toolkit::isPrepared)) {
            return new State(false, "not ready", List.of("starting"));
        }
        List<String> ailments = new ArrayList<>();
        if (!configuration.problems().isEmpty()) {
            ailments.add("configuration rejected");
        }
        if (store.loss().isPresent()) {
            ailments.add("store lacks rows");
        }
        if (!servers.differing().isEmpty()) {
            ailments.add("another server has another configuration");
        }
        credentials.forEach(kind -> ailments.addAll(kind.ailments()));
        return ailments.isEmpty() ? READY : new State(true, "degraded", List.copyOf(ailments));
    }
}
