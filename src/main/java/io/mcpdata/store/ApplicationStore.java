package io.mcpdata.store;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The platform store, opened at the first use and kept until the application ends: a changed {@code server.data_dir} or
 * {@code database} takes effect at the next start. After a failure it is opened again, but not at every request.
 * Thread-safe.
 */
@ApplicationScoped
public class ApplicationStore implements PlatformStore, StoreBackups {

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(ApplicationStore.class.getName());

    private final ActiveConfiguration configuration;
    private final LongSupplier nanos;
    private final Function<PlatformConfig, StoreDatabase> opener;
    private final StoreProbe probe;
    private @Nullable StoreDatabase database;
    private @Nullable StoreUnavailableException failure;
    private long failedAt;
    private final AtomicBoolean backingUp = new AtomicBoolean();
    private boolean closed;
    private StoreMark furthest = StoreMark.NONE;
    private volatile Optional<String> loss = Optional.empty();

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedExecutorService threads;

    @Inject
    public ApplicationStore(ActiveConfiguration configuration) {
        this.configuration = configuration;
        this.nanos = System::nanoTime;
        this.opener = ApplicationStore::open;
        this.probe = new StoreProbe(this::answers, task -> threads.execute(task), PATIENCE);
    }

    ApplicationStore(
            ActiveConfiguration configuration, LongSupplier nanos, Function<Path, ? extends StoreDatabase> opener) {
        this.configuration = configuration;
        this.nanos = nanos;
        this.opener = config -> opener.apply(config.server().dataDirectory());
        this.probe = new StoreProbe(this::answers, Runnable::run, PATIENCE);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ApplicationStore() {
        this.configuration = null;
        this.nanos = null;
        this.opener = null;
        this.probe = null;
    }

    /**
     * Opens the store with the application, right after the configuration is read, so that no caller waits for the
     * first migration. A failure is logged, and opening is tried again when a row is to be written.
     */
    void start(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
                    Object application) {
        if (configuration.usable()) {
            answers();
        }
    }

    @Override
    public Jdbi jdbi() {
        return inUse().jdbi();
    }

    @Override
    public <T> T durably(Function<Handle, T> change) {
        StoreDatabase open = inUse();
        try {
            return open.durably(change);
        } catch (JdbiException e) {
            open.suspect(e);
            throw e;
        }
    }

    @Override
    public StoreBackup backUp() {
        if (!backingUp.compareAndSet(false, true)) {
            throw new StoreUnavailableException("another backup of the platform store is being written");
        }
        try {
            return inUse().backUp(Instant.now());
        } catch (IOException | JdbiException e) {
            throw new StoreUnavailableException(
                    "the backup of the platform store could not be written: check the space and the health of its disk",
                    e);
        } finally {
            backingUp.set(false);
        }
    }

    @Override
    public Optional<String> loss() {
        return loss;
    }

    /** Checks at every use whether the database still works; the key sync alone uses it twice a second. */
    private synchronized StoreDatabase inUse() {
        StoreDatabase open = database;
        if (open != null) {
            StoreUnavailableException broken = open.failure();
            if (broken == null) {
                open.used();
                return open;
            }
            giveUp(open, broken);
        }
        if (closed) {
            // if opened again, it would stay locked against the next deployment
            throw new StoreUnavailableException("the application is ending, and the platform store is closed");
        }
        if (!configuration.usable()) {
            throw new StoreUnavailableException("there is no valid configuration yet that could name the store");
        }
        StoreUnavailableException known = failure;
        if (known != null && nanos.getAsLong() - failedAt < RETRY_AFTER.toNanos()) {
            throw new StoreUnavailableException(known.getMessage(), known);
        }
        return open();
    }

    private void giveUp(StoreDatabase open, StoreUnavailableException broken) {
        LOG.log(Level.ERROR, broken.getMessage(), broken.getCause());
        furthest = open.reached();
        database = null;
        failure = broken;
        failedAt = nanos.getAsLong();
        open.close();
    }

    /** Waits for a short time at most, even if the database hangs. */
    @Override
    public boolean available() {
        return probe.answers();
    }

    private boolean answers() {
        @Nullable StoreDatabase open = null;
        try {
            open = inUse();
            return open.answers();
        } catch (RuntimeException e) {
            if (open != null) {
                open.suspect(e);
            }
            return false;
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        StoreDatabase open = database;
        if (open != null) {
            open.close();
            database = null;
        }
    }

    private static StoreDatabase open(PlatformConfig config) {
        return config.database()
                .<StoreDatabase>map(PostgresDatabase::open)
                .orElseGet(() -> EmbeddedDatabase.open(config.server().dataDirectory()));
    }

    private StoreDatabase open() {
        try {
            StoreDatabase opened = opener.apply(configuration.config());
            opened.missing(furthest).ifPresent(this::tell);
            database = opened;
            if (failure != null) {
                LOG.log(Level.INFO, "the platform store is open again");
            }
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

    private void tell(String missing) {
        LOG.log(Level.ERROR, missing);
        loss = Optional.of(missing);
    }
}
