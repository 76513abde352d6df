package io.mcpdata.audit;

import io.mcpdata.background.PeriodicTasks;
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
import java.time.Duration;

/** Writes sums of refusals and failed attempts every ten seconds, and once more before the application ends. Thread-safe. */
@ApplicationScoped
public class SummedReports {

    private static final Logger LOG = System.getLogger(SummedReports.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String LATER = "sums of refusals have no audit row yet; they are tried again in ten seconds";

    private final Instance<SummedRows> sums;
    private final PeriodicTasks tasks;

    @Inject
    SummedReports(@Any Instance<SummedRows> sums, PeriodicTasks tasks) {
        this.tasks = tasks;
        this.sums = sums;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SummedReports() {
        this.sums = null;
        this.tasks = null;
    }

    @Produces
    @Singleton
    static RefusalRows refusalRows(AuditLog audit) {
        return new RefusalRows(audit, Clock.systemUTC());
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(PAUSE, this::report);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        tasks.stop();
        report();
    }

    private void report() {
        sums.forEach(SummedReports::report);
    }

    /** One sum that cannot be written keeps back no other. */
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
