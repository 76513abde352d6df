package io.mcpdata.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes sums of refusals and failed attempts every ten seconds, and once more before the application ends. Thread-safe. */
@ApplicationScoped
public class SummedReports {

    private static final Logger LOG = System.getLogger(SummedReports.class.getName());
    private static final long EVERY_SECONDS = 10;
    private static final String LATER = "sums of refusals have no audit row yet; they are tried again in ten seconds";

    private final Instance<SummedRows> sums;
    private @Nullable Future<?> task;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    SummedReports(@Any Instance<SummedRows> sums) {
        this.sums = sums;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SummedReports() {
        this.sums = null;
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

    private void report() {
        sums.forEach(SummedReports::report);
    }

    /** The executor does not repeat a periodic task that throws. */
    private static void report(SummedRows rows) {
        try {
            rows.report();
        } catch (AuditUnavailableException e) {
            // the store has logged its failure
            LOG.log(Level.DEBUG, LATER, e);
        } catch (RuntimeException | LinkageError e) {
            // a server that removes the WAR before it stops the application cannot load classes that were not needed
            // before
            LOG.log(Level.WARNING, LATER, e);
        }
    }
}
