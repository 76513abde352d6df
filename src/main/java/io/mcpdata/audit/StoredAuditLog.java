package io.mcpdata.audit;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.AuditConfig;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.config.ConfigurationRejected;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.store.PlatformStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps audit rows in the platform store. Refusals also get one line in the log, with key id and category, so that the
 * operator finds the cause there too. Thread-safe.
 */
@ApplicationScoped
public class StoredAuditLog implements AuditLog {

    private static final Logger LOG = System.getLogger(StoredAuditLog.class.getName());
    private static final int CAPACITY = 10_000;
    private static final long LONGEST_WAIT_SECONDS = 5;
    private static final Duration AT_THE_END = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_ROWS = Duration.ofSeconds(3);
    private static final Set<Type> MAY_WAIT =
            Set.of(Type.SESSION_OPEN, Type.SESSION_CLOSE, Type.STREAM_OPEN, Type.STREAM_CLOSE);
    private static final RequestOrigin NO_REQUEST = new RequestOrigin("", "", "");

    private final ActiveConfiguration configuration;
    private final ConfiguredKeys keys;
    private final Consumer<List<AuditEvent>> rows;
    private final WriterThread writer;
    private final GroupCommit commits;
    private final LateRows late;
    private final WriteFailures failures;
    private final Supplier<Optional<String>> loss;
    private Optional<String> toldLoss = Optional.empty();
    private final PeriodicTasks tasks;
    private final AuditMetrics measured;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedThreadFactory threads;

    @Inject
    public StoredAuditLog(
            ActiveConfiguration configuration,
            PlatformStore store,
            DurableRows durable,
            PeriodicTasks tasks,
            Metrics metrics) {
        this.tasks = tasks;
        this.measured = new AuditMetrics(metrics);
        this.configuration = configuration;
        this.keys = new ConfiguredKeys(configuration);
        this.rows = new AuditRows(durable)::insert;
        this.failures = new WriteFailures(System::nanoTime);
        this.loss = store::loss;
        this.writer = new WriterThread(task -> threads.newThread(task));
        this.commits = new GroupCommit(this::insert, writer, CAPACITY);
        this.late = new LateRows(rows, CAPACITY, System::nanoTime);
        AuditMetrics.queue(metrics, commits::waiting, this::lagMillis);
    }

    StoredAuditLog(
            ActiveConfiguration configuration,
            Consumer<List<AuditEvent>> rows,
            ThreadFactory threads,
            Supplier<Optional<String>> loss) {
        this.tasks = new PeriodicTasks();
        this.measured = new AuditMetrics(new Metrics());
        this.configuration = configuration;
        this.keys = new ConfiguredKeys(configuration);
        this.rows = rows;
        this.failures = new WriteFailures(System::nanoTime);
        this.loss = loss;
        this.writer = new WriterThread(threads);
        this.commits = new GroupCommit(this::insert, writer, CAPACITY);
        this.late = new LateRows(rows, CAPACITY, System::nanoTime);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    StoredAuditLog() {
        this.configuration = null;
        this.keys = null;
        this.rows = null;
        this.writer = null;
        this.commits = null;
        this.late = null;
        this.failures = null;
        this.loss = null;
        this.tasks = null;
        this.measured = null;
    }

    @Override
    public void record(AuditEvent reported) {
        AuditEvent event = keys.redactedIn(reported);
        measured.count(event);
        if (event.outcome() == Outcome.DENIED) {
            logRefusal(event);
        }
        AuditConfig audit = configuration.config().audit();
        if (!audit.enabled() || (isPlainSuccess(event) && event.type().isCall() && !audit.logToolCalls())) {
            return;
        }
        try {
            if (isAnswered(event) && (audit.mode() == AuditConfig.Mode.STRICT || !isPlainSuccess(event))) {
                await(commits.add(event));
            } else {
                follow(event);
            }
        } catch (AuditUnavailableException e) {
            failures.failed(e);
            throw e;
        }
    }

    /** For a row that no caller waits for; writing is tried again later. */
    private void follow(AuditEvent event) {
        if (late.isFull()) {
            throw new AuditUnavailableException("too many audit rows wait for the store", new IllegalStateException());
        }
        // a waiting caller got the failure and did not act, so its row must not be written later
        var unused = commits.addToGather(event).whenComplete((written, failure) -> {
            if (failure != null) {
                late.keep(event);
            }
        });
    }

    void applicationBegins(@Observes @Initialized(ApplicationScoped.class) Object context) {
        tasks.every(RETRY, this::everySecond);
    }

    private void everySecond() {
        late.retry();
        tellLoss();
    }

    /** Writes a row about what the store lacked at its opening, as soon as the store takes it. */
    void tellLoss() {
        Optional<String> found = loss.get();
        if (!found.equals(toldLoss)) {
            try {
                administrative(Type.STORE_LOSS, Outcome.ERROR, "rows_missing", found.orElse(""));
                toldLoss = found;
            } catch (AuditUnavailableException e) {
                LOG.log(Level.DEBUG, "what the store lacks could not be audited; the next second tries again", e);
            }
        }
    }

    /** Runs after the transport, which has closed its streams, and before the store closes. */
    void applicationEnds(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) @BeforeDestroyed(ApplicationScoped.class)
                    Object context) {
        tasks.stop();
        if (!commits.flush(LAST_ROWS)) {
            LOG.log(Level.ERROR, "audit rows were not written before the end of the application");
        }
        late.end();
    }

    @PreDestroy
    void close() {
        writer.close();
    }

    private void insert(List<AuditEvent> events) {
        try {
            rows.accept(events);
            failures.succeeded();
        } catch (RuntimeException e) {
            failures.failed(e);
            measured.writeFailed();
            throw e;
        }
    }

    private long lagMillis() {
        return commits.oldest()
                .map(since -> Math.max(
                        0, Duration.between(since, Clock.systemUTC().instant()).toMillis()))
                .orElse(0L);
    }

    void changed(@Observes ConfigurationChanged change) {
        administrative(
                Type.CONFIGURATION_CHANGE,
                Outcome.SUCCESS,
                "configuration_changed",
                String.join("; ", change.changes()));
    }

    void rejected(@Observes ConfigurationRejected rejection) {
        administrative(
                Type.CONFIGURATION_CHANGE,
                Outcome.ERROR,
                "configuration_rejected",
                String.join("; ", rejection.problems()));
    }

    private void administrative(Type type, Outcome outcome, String category, String what) {
        record(AuditEvent.of(Clock.systemUTC().instant(), type, outcome, AuditSubject.ANONYMOUS, NO_REQUEST)
                .because(category, "")
                .withCall("", "", what));
    }

    /** No client waits when a stream or session ends, and the thread that ends it has others to check. */
    private static boolean isAnswered(AuditEvent event) {
        return event.type() != Type.STREAM_CLOSE && event.type() != Type.SESSION_CLOSE;
    }

    private static boolean isPlainSuccess(AuditEvent event) {
        return event.outcome() == Outcome.SUCCESS && (event.type().isCall() || MAY_WAIT.contains(event.type()));
    }

    private static void await(CompletableFuture<Void> durable) {
        try {
            durable.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            awaitAtTheEnd(durable);
        } catch (ExecutionException | TimeoutException e) {
            throw new AuditUnavailableException("an audit row could not be written", e);
        }
    }

    /**
     * Only the end of the application interrupts: the row is already on its way, so the interrupt alone is not a
     * failure.
     */
    private static void awaitAtTheEnd(CompletableFuture<Void> durable) {
        try {
            durable.get(AT_THE_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AuditUnavailableException("interrupted while an audit row was written", e);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private static void logRefusal(AuditEvent event) {
        LOG.log(
                Level.INFO,
                "refused: {0} category={1} caller={2} key={3} identity={4} tool={5} rule={6} address={7} request={8}{9}",
                event.type(),
                AuditText.safe(event.category(), 64),
                AuditText.safe(event.subject().caller(), 128),
                AuditText.safe(event.subject().credentialId(), 64),
                AuditText.encoded(event.subject().identity(), 512),
                AuditText.safe(event.tool(), 128),
                AuditText.safe(event.rule(), 256),
                AuditText.safe(event.origin().clientAddress(), 64),
                AuditText.safe(event.origin().requestId(), 64),
                event.origin().trace().map(trace -> " trace=" + trace.traceId()).orElse(""));
    }
}
