package io.mcpdata.events;

import io.mcpdata.audit.DurableRows;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.background.ContainerThreads;
import io.mcpdata.background.PeriodicTasks;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;

/** Begins and ends the reading of new audit rows with the application. Thread-safe. */
@ApplicationScoped
public class EventThreads {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_READ = Duration.ofSeconds(2);

    private final DurableRows rows;
    private final PeriodicTasks tasks;
    private final BoundedExecutor live;
    private final BoundedExecutor older;
    private final EventTail tail;

    @Inject
    EventThreads(DurableRows rows, AuditReader reader, PeriodicTasks tasks, ContainerThreads threads) {
        this.rows = rows;
        this.tasks = tasks;
        this.live = new BoundedExecutor(1, Integer.MAX_VALUE, threads::thread);
        this.older = new BoundedExecutor(1, Integer.MAX_VALUE, threads::thread);
        this.tail = new EventTail(rows, reader, live, older);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    EventThreads() {
        this.rows = null;
        this.tasks = null;
        this.live = null;
        this.older = null;
        this.tail = null;
    }

    EventTail tail() {
        return tail;
    }

    void applicationBegins(@Observes @Initialized(ApplicationScoped.class) Object context) {
        rows.listen(tail::wake);
        tasks.every(PAUSE, tail::everySecond);
    }

    /** Runs after the transport, which has closed its streams, and before the store closes. */
    void applicationEnds(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @BeforeDestroyed(ApplicationScoped.class)
                    Object context) {
        tasks.stop();
        live.finish(LAST_READ);
        older.finish(LAST_READ);
    }
}
