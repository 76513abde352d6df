package io.mcpdata.admin;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Whether calls can be served. Thread-safe. */
@ApplicationScoped
class Readiness {

    /**
     * @param serving whether calls are answered
     * @param status {@code ready}, {@code degraded} (served, yet something ails) or {@code not ready}
     */
    record State(boolean serving, String status, List<String> reasons) {}

    private static final State READY = new State(true, "ready", List.of());

    private final ActiveConfiguration configuration;
    private final PlatformStore store;

    @Inject
    Readiness(ActiveConfiguration configuration, PlatformStore store) {
        this.configuration = configuration;
        this.store = store;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    Readiness() {
        this(null, null);
    }

    State state() {
        if (!configuration.usable()) {
            return new State(false, "not ready", List.of("no valid configuration"));
        }
        if (!store.available()) {
            return new State(false, "not ready", List.of("store unavailable"));
        }
        return configuration.problems().isEmpty()
                ? READY
                : new State(true, "degraded", List.of("configuration rejected"));
    }
}
