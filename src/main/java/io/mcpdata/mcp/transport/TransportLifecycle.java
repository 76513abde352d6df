package io.mcpdata.mcp.transport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Ends the room with the application. */
@ApplicationScoped
public class TransportLifecycle {

    private final Shutdown shutdown;
    private final WatchSchedule watch;

    @Inject
    TransportLifecycle(Shutdown shutdown, WatchSchedule watch) {
        this.shutdown = shutdown;
        this.watch = watch;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    TransportLifecycle() {
        this(null, null);
    }

    void applicationEnds(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        shutdown.begin();
        watch.stop();
    }
}
