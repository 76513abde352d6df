package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/**
 * Once a day, and soon after the start, deletes audit rows older than {@code audit.retention_days} and writes a row
 * about that. Thread-safe.
 */
@ApplicationScoped
public class AuditRetention {

    private static final Logger LOG = System.getLogger(AuditRetention.class.getName());
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;
    private static final RequestOrigin NO_REQUEST = new RequestOrigin("", "", "");

    private final ActiveConfiguration configuration;
    private final AuditLog audit;
    private final Clock clock;
    private final ExpiredRows expired;
    private final PeriodicTasks tasks;

    @Inject
    public AuditRetention(ActiveConfiguration configuration, AuditChain chain, AuditLog audit, PeriodicTasks tasks) {
        this(configuration, chain, audit, tasks, Clock.systemUTC());
    }

    AuditRetention(
            ActiveConfiguration configuration, AuditChain chain, AuditLog audit, PeriodicTasks tasks, Clock clock) {
        this.tasks = tasks;
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
        this.expired = new ExpiredRows(chain, clock, BATCH);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditRetention() {
        this.configuration = null;
        this.audit = null;
        this.clock = null;
        this.expired = null;
        this.tasks = null;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(FIRST, PAUSE, this::sweep);
    }

    /** Throws nothing. */
    void sweep() {
        try {
            int days = configuration.config().audit().retentionDays();
            if (configuration.usable() && days > 0) {
                tell(days, expired.delete(days, LONGEST_RUN));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "expired audit rows were not deleted; this is tried again in a day", e);
        }
    }

    private void tell(int days, ExpiredRows.Deleted deleted) {
        if (!deleted.complete()) {
            LOG.log(Level.WARNING, "there are more expired audit rows than one run deletes; the rest goes in a day");
        }
        if (deleted.rows() == 0) {
            return;
        }
        LOG.log(Level.INFO, "{0} audit rows older than {1} days deleted", deleted.rows(), days);
        audit.record(AuditEvent.of(clock.instant(), Type.RETENTION, Outcome.SUCCESS, AuditSubject.ANONYMOUS, NO_REQUEST)
                .because("expired_rows_deleted", "audit.retention_days: " + days)
                .withCall("", "", "{\"before\":\"" + deleted.before() + "\"}")
                .withFigures(Duration.between(deleted.before(), clock.instant()).minusDays(days), deleted.rows()));
    }
}
