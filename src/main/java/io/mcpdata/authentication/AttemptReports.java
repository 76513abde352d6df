package io.mcpdata.authentication;

import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.config.ActiveConfiguration;
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

/** Makes the count of failed attempts, and has it tell every ten seconds what got no audit row of its own. Thread-safe. */
@ApplicationScoped
public class AttemptReports {

    private static final Logger LOG = System.getLogger(AttemptReports.class.getName());
    private static final long EVERY_SECONDS = 10;

    private final FailedAttempts attempts;
    private @Nullable Future<?> task;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedScheduledExecutorService scheduler;

    @Inject
    AttemptReports(FailedAttempts attempts) {
        this.attempts = attempts;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AttemptReports() {
        this.attempts = null;
    }

    @Produces
    @Singleton
    static FailedAttempts failedAttempts(ActiveConfiguration configuration, AuditLog audit) {
        return new FailedAttempts(configuration, audit, Clock.systemUTC(), System::nanoTime);
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
            attempts.report();
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "the failed attempts could not be audited; they are kept for the next time", e);
        } catch (RuntimeException | LinkageError e) {
            // a server that takes the WAR away before it stops the application cannot load what was not needed before
            LOG.log(Level.WARNING, "the failed attempts could not be audited; they are kept for the next time", e);
        }
    }
}
