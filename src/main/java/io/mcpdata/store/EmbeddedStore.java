package io.mcpdata.store;

import io.mcpdata.config.ActiveConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The embedded store, opened when first asked for. A failure is tried again, but not at every request. Thread-safe. */
@ApplicationScoped
public class EmbeddedStore implements PlatformStore {

    private static final Logger LOG = System.getLogger(EmbeddedStore.class.getName());
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final ActiveConfiguration configuration;
    private @Nullable EmbeddedDatabase database;
    private @Nullable StoreUnavailableException failure;
    private long failedAt;

    @Inject
    public EmbeddedStore(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    EmbeddedStore() {
        this.configuration = null;
    }

    @Override
    public synchronized Jdbi jdbi() {
        EmbeddedDatabase open = database;
        if (open != null) {
            return open.jdbi();
        }
        StoreUnavailableException known = failure;
        if (known != null && System.nanoTime() - failedAt < RETRY_NANOS) {
            throw new StoreUnavailableException(String.valueOf(known.getMessage()), known);
        }
        if (!configuration.usable()) {
            throw new StoreUnavailableException("there is no valid configuration yet", new IllegalStateException());
        }
        try {
            open = new EmbeddedDatabase(configuration.config().server().dataDirectory());
        } catch (StoreUnavailableException e) {
            LOG.log(Level.ERROR, String.valueOf(e.getMessage()), e.getCause());
            failure = e;
            failedAt = System.nanoTime();
            throw e;
        }
        database = open;
        return open.jdbi();
    }

    @Override
    public boolean available() {
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
        EmbeddedDatabase open = database;
        if (open != null) {
            open.close();
            database = null;
        }
    }
}
