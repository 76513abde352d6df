package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainBreak;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.ChainSigning;
import io.mcpdata.audit.chain.SigningKeyUnavailable;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.metrics.Metrics;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs the newest audit row after the start, once a minute and at the end, and reports what was changed since the last
 * signature. Once a day and at the end the log has the row and its hash, for operators who keep logs elsewhere.
 * Thread-safe.
 */
@ApplicationScoped
public class AuditCheckpoints {

    private static final Logger LOG = System.getLogger(AuditCheckpoints.class.getName());
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LOG_PAUSE_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final RequestOrigin NO_REQUEST = new RequestOrigin("", "", "");

    private final ActiveConfiguration configuration;
    private final AuditChain chain;
    private final AuditLog audit;
    private final PeriodicTasks tasks;
    private final LongSupplier nanos;
    private long signedAt;
    private long loggedAt;
    private @Nullable ChainPosition logged;
    private Optional<ChainBreak> told = Optional.empty();
    private String failure = "";
    private boolean begun;

    @Inject
    public AuditCheckpoints(
            ActiveConfiguration configuration, AuditChain chain, AuditLog audit, PeriodicTasks tasks, Metrics metrics) {
        this(configuration, chain, audit, tasks, System::nanoTime);
        metrics.gauge(
                "mcp_audit_checkpoint_age_seconds",
                "How long ago the newest audit row was signed, or found signed",
                this::ageSeconds);
    }

    AuditCheckpoints(
            ActiveConfiguration configuration,
            AuditChain chain,
            AuditLog audit,
            PeriodicTasks tasks,
            LongSupplier nanos) {
        this.configuration = configuration;
        this.chain = chain;
        this.audit = audit;
        this.tasks = tasks;
        this.nanos = nanos;
        this.signedAt = nanos.getAsLong();
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditCheckpoints() {
        this.configuration = null;
        this.chain = null;
        this.audit = null;
        this.tasks = null;
        this.nanos = null;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(FIRST, TICK, this::signIfDue);
    }

    /** Runs after the last rows were written, and before the store closes. */
    void end(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 1) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        tasks.stop();
        sign(true);
    }

    void signIfDue() {
        if (isDue()) {
            sign(false);
        }
    }

    private synchronized boolean isDue() {
        return !begun || nanos.getAsLong() - signedAt >= PAUSE_NANOS;
    }

    private synchronized void sign(boolean last) {
        if (!configuration.usable()) {
            return;
        }
        try {
            ChainSigning signing = chain.sign();
            begun = true;
            signedAt = nanos.getAsLong();
            failure = "";
            log(signing, last);
            tell(signing);
        } catch (SigningKeyUnavailable e) {
            failed(Level.ERROR, e);
        } catch (RuntimeException | LinkageError e) {
            // the store's own failure is reported where a row is refused
            failed(Level.DEBUG, e);
        }
    }

    private void failed(Level level, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.equals(failure)) {
            failure = message;
            LOG.log(level, message, cause);
        }
    }

    private void log(ChainSigning signing, boolean last) {
        boolean isDaily = logged == null || nanos.getAsLong() - loggedAt >= LOG_PAUSE_NANOS;
        if ((isDaily || last) && !signing.row().equals(logged)) {
            logged = signing.row();
            loggedAt = nanos.getAsLong();
            LOG.log(
                    Level.INFO,
                    "audit checkpoint row={0} hash={1} key={2}",
                    String.valueOf(signing.row().id()),
                    signing.row().hash(),
                    signing.keyId());
        }
    }

    private void tell(ChainSigning signing) {
        signing.formerKey().ifPresent(former -> {
            LOG.log(
                    Level.WARNING,
                    "the audit trail is signed with the key {0} now; before with {1}",
                    signing.keyId(),
                    former);
            record(
                    Outcome.SUCCESS,
                    "signing_key_changed",
                    "{\"key\":\"" + signing.keyId() + "\",\"before\":\"" + former + "\"}");
        });
        Optional<ChainBreak> broken = signing.broken();
        if (broken.isPresent() && !broken.equals(told)) {
            ChainBreak found = broken.get();
            LOG.log(
                    Level.ERROR,
                    "the audit trail was changed: {0}. Run ''mcp-data-platform audit verify'', and see the page Operate",
                    found.detail());
            record(
                    Outcome.ERROR,
                    "chain_broken",
                    "{\"row\":" + found.row() + ",\"found\":\"" + found.kind().name() + "\"}");
        }
        told = broken;
    }

    private void record(Outcome outcome, String category, String what) {
        audit.record(AuditEvent.of(
                        Clock.systemUTC().instant(), Type.AUDIT_CHAIN, outcome, AuditSubject.ANONYMOUS, NO_REQUEST)
                .because(category, "")
                .withCall("", "", what));
    }

    private synchronized double ageSeconds() {
        return (nanos.getAsLong() - signedAt) / 1e9;
    }
}
