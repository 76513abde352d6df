package io.mcpdata.audit.forward;

import io.mcpdata.audit.DurableRows;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.background.ContainerThreads;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Forwards new audit rows once a second, on a thread of its own: a file that hangs delays no call, and no row of the
 * trail. It reads as other readers of the trail do, and waits for them. Thread-safe.
 */
@ApplicationScoped
public class AuditForwarding {

    private static final Logger LOG = System.getLogger(AuditForwarding.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST_ROWS = Duration.ofSeconds(2);

    private final ActiveConfiguration configuration;
    private final PeriodicTasks tasks;
    private final BoundedExecutor thread;
    private final RowForwarder forwarder;
    private final AtomicBoolean running = new AtomicBoolean();

    @Inject
    AuditForwarding(
            ActiveConfiguration configuration,
            DurableRows rows,
            AuditReader reader,
            PeriodicTasks tasks,
            ContainerThreads threads,
            Metrics metrics) {
        this.configuration = configuration;
        this.tasks = tasks;
        this.thread = new BoundedExecutor(1, 1, threads::thread);
        Counter failures = metrics.counter(
                "mcp_audit_forward_failures", "Attempts to forward audit rows to audit.forward.file that failed");
        this.forwarder = new RowForwarder(source(rows, reader), failures::inc);
        metrics.gauge(
                "mcp_audit_forward_rows_waiting", "Audit rows that are not in audit.forward.file yet", this::waiting);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditForwarding() {
        this.configuration = null;
        this.tasks = null;
        this.thread = null;
        this.forwarder = null;
    }

    private static RowForwarder.Source source(DurableRows rows, AuditReader reader) {
        return new RowForwarder.Source() {
            @Override
            public long newest() {
                return rows.newest();
            }

            @Override
            public List<AuditRow> following(long after, long last, int most) {
                return reader.following(after, last, most, PATIENCE);
            }
        };
    }

    /** A scrape must not fail because the store is not open. */
    private double waiting() {
        try {
            return forwarder.waiting();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(PAUSE, this::wake);
    }

    /** Runs after the last rows were written and signed, and before the store closes. */
    void end(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 2) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        tasks.stop();
        wake();
        thread.finish(LAST_ROWS);
        forwarder.close();
    }

    private void wake() {
        if (!configuration.usable() || !running.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.execute(this::run);
        } catch (RejectedExecutionException e) {
            running.set(false);
            LOG.log(Level.DEBUG, "no thread forwards audit rows now; the next second tries again", e);
        }
    }

    private void run() {
        try {
            PlatformConfig config = configuration.config();
            forwarder.forward(config.audit().forward().file(), config.server().dataDirectory());
        } finally {
            running.set(false);
        }
    }
}
