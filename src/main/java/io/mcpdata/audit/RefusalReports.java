package io.mcpdata.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes the sums of refusals every ten seconds, and once more before the application ends. Thread-safe. */
@ApplicationScoped
public class RefusalReports {

    private static final Logger LOG = System.getLogger(RefusalReports.class.getName());
    private static final long EVERY_SECONDS = 10;

    private final RefusalRows refusals;
    private @Nullable Future<?> task;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    RefusalReports(RefusalRows refusals) {
        this.refusals = refusals;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    RefusalReports() {
        this.refusals = null;
    }

    @Produces
    @Singleton
    static RefusalRows refusalRows(AuditLog audit) {
        return new RefusalRows(audit, Clock.systemUTC());
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        task = scheduler.scheduleWithFixedDelay(this::report, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        Future<?> running = task;
        if (running != null) {
            running.cancel(false);
        }
        report();
    }

    /** A periodic task that throws is never run again. */
    private void report() {
        try {
            refusals.report();
        } catch (RuntimeException | LinkageError e) {
            // a server that takes the WAR away before it stops the application cannot load what was not needed before
            LOG.log(Level.WARNING, "sums of refusals have no audit row yet; they are tried again in ten seconds", e);
        }
    }
}
