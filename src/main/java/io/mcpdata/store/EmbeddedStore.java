package io.mcpdata.store;

import io.mcpdata.config.ActiveConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store, opened when first asked for and kept until the application ends: a changed
 * {@code server.data_dir} takes effect at the next start. A failure is tried again, but not at every request.
 * Thread-safe.
 */
@ApplicationScoped
public class EmbeddedStore implements PlatformStore {

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(EmbeddedStore.class.getName());

    private final ActiveConfiguration configuration;
    private final LongSupplier nanos;
    private final StoreProbe probe;
    private @Nullable EmbeddedDatabase database;
    private @Nullable StoreUnavailableException failure;
    private long failedAt;
    private boolean closed;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedExecutorService threads;

    @Inject
    public EmbeddedStore(ActiveConfiguration configuration) {
        this.configuration = configuration;
        this.nanos = System::nanoTime;
        this.probe = new StoreProbe(this::answers, task -> threads.execute(task), PATIENCE);
    }

    EmbeddedStore(ActiveConfiguration configuration, LongSupplier nanos) {
        this.configuration = configuration;
        this.nanos = nanos;
        this.probe = new StoreProbe(this::answers, Runnable::run, PATIENCE);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    EmbeddedStore() {
        this.configuration = null;
        this.nanos = null;
        this.probe = null;
    }

    /**
     * Opens the store with the application, right after the configuration was read, so that no caller waits for the
     * first migration. What fails is logged and tried again when a row is to be written.
     */
    void start(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
                    Object application) {
        if (configuration.usable()) {
            answers();
        }
    }

    @Override
    public synchronized Jdbi jdbi() {
        EmbeddedDatabase open = database;
        if (open != null) {
            return open.jdbi();
        }
        if (closed) {
            // opened again, it would stay locked against the next deployment
            throw new StoreUnavailableException("the application is ending, and the platform store is closed");
        }
        if (!configuration.usable()) {
            throw new StoreUnavailableException("there is no valid configuration yet that could name the store");
        }
        StoreUnavailableException known = failure;
        if (known != null && nanos.getAsLong() - failedAt < RETRY_AFTER.toNanos()) {
            throw new StoreUnavailableException(known.getMessage(), known);
        }
        return open().jdbi();
    }

    /** Waits a moment at most, whatever the database does. */
    @Override
    public boolean available() {
        return probe.answers();
    }

    private boolean answers() {
        try {
            return jdbi().withHandle(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        EmbeddedDatabase open = database;
        if (open != null) {
            open.close();
            database = null;
        }
    }

    private EmbeddedDatabase open() {
        try {
            EmbeddedDatabase opened =
                    EmbeddedDatabase.open(configuration.config().server().dataDirectory());
            database = opened;
            failure = null;
            return opened;
        } catch (StoreUnavailableException e) {
            StoreUnavailableException known = failure;
            if (known == null || !known.getMessage().equals(e.getMessage())) {
                LOG.log(Level.ERROR, e.getMessage(), e.getCause());
            }
            failure = e;
            failedAt = nanos.getAsLong();
            throw e;
        }
    }
}
