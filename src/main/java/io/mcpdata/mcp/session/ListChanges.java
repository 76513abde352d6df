package io.mcpdata.mcp.session;

import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.gateway.ToolkitChanged;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Has clients told at once that their lists have changed, and not only within a second. Thread-safe. */
@ApplicationScoped
public class ListChanges {

    private final WatchSchedule watch;

    @Inject
    ListChanges(WatchSchedule watch) {
        this.watch = watch;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ListChanges() {
        this.watch = null;
    }

    /** After the lists have been made again. */
    void toolkitChanged(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ToolkitChanged change) {
        watch.lookNow();
    }

    void configurationChanged(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ConfigurationChanged change) {
        watch.lookNow();
    }
}
