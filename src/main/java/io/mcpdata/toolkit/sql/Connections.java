package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolException;
import io.mcpdata.tool.ToolGateway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The data sources behind the configured connections. One of ours is made when first used; when its entry changes or
 * goes, it lends no more and closes as soon as what it has lent is back. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Connections.class.getName());

    private final ActiveConfiguration configuration;
    private final Executor threads;
    private final Executor aborting;
    private final Map<String, LentSource> sources = new HashMap<>();
    private final Map<ConnectionSource, DatabaseProfile> profiles = new ConcurrentHashMap<>();

    /**
     * Both kinds of threads may be held by pools and drivers as long as they like.
     *
     * @param threads run what uses a connection
     * @param aborting give up connections
     */
    Connections(ActiveConfiguration configuration, Executor threads, Executor aborting) {
        this.configuration = configuration;
        this.threads = threads;
        this.aborting = aborting;
    }

    List<ConnectionConfig> all() {
        return configuration.config().connections();
    }

    /** @throws ToolException in the gateway's own words if no such connection is configured */
    ConnectionConfig named(String name) {
        Optional<ConnectionConfig> found = all().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new ToolException("connection_unknown", ToolGateway.unknownConnection(name)));
    }

    /** What is known of the connection's database; empty until it is used, because telling it opens no connection. */
    Optional<DatabaseProfile> known(ConnectionConfig config) {
        return Optional.ofNullable(profiles.get(config.source()));
    }

    /**
     * Does something with a read-only connection without auto-commit, and rolls back whatever it did.
     *
     * @throws ToolException whatever the work threw; or if there is no connection to be had in time, it was cancelled or
     *     did not end in time
     */
    <T> T use(ConnectionConfig config, Cancellation cancellation, ConnectionUse.Work<T> work) {
        LentSource source = source(config);
        try {
            return new ConnectionUse<>(
                            source, lent -> borrow(config, source, lent), work, config.timeout(), cancellation)
                    .on(threads);
        } catch (SQLException e) {
            throw unavailable(config, e);
        }
    }

    private LentConnection borrow(ConnectionConfig config, LentSource source, Consumer<LentConnection> lent) {
        try {
            LentConnection connection = new LentConnection(source, source.lend(), aborting);
            lent.accept(connection);
            connection.prepare();
            learn(config, connection);
            return connection;
        } catch (SQLException | NamingException | RuntimeException e) {
            if (!ConnectionPools.isExhausted(e) && config.source() instanceof ConnectionSource.Demo) {
                // a statement that wants more memory than there is closes an embedded database: make it anew
                forget(config.name(), source);
            }
            throw unavailable(config, e);
        }
    }

    private void learn(ConnectionConfig config, LentConnection connection) {
        if (profiles.containsKey(config.source())) {
            return;
        }
        try {
            profiles.put(config.source(), DatabaseProfile.read(connection.jdbc()));
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the database of connection " + config.name() + " does not say what it is", e);
        }
    }

    private static ToolException unavailable(ConnectionConfig config, Exception e) {
        LOG.log(
                Level.WARNING,
                "connection {0} ({1}) is not available: {2}",
                config.name(),
                place(config.source()),
                SqlErrors.forTheLog(e));
        if (ConnectionPools.isExhausted(e) && !(config.source() instanceof ConnectionSource.Jndi)) {
            return new ToolException(
                    "connection_busy",
                    "All " + ConnectionPools.SIZE + " database connections of " + config.name()
                            + " are in use; try again in a moment.");
        }
        return new ToolException(
                "connection_unavailable", "The connection " + config.name() + " is not available right now.");
    }

    /** Lets go of what the configuration no longer names. */
    synchronized void retireChanged() {
        sources.entrySet().removeIf(entry -> {
            boolean current = all().stream()
                    .anyMatch(config -> config.name().equals(entry.getKey())
                            && entry.getValue().isOf(config.source()));
            if (!current) {
                entry.getValue().retire();
            }
            return !current;
        });
        profiles.keySet()
                .removeIf(source ->
                        all().stream().noneMatch(config -> config.source().equals(source)));
    }

    @Override
    public synchronized void close() {
        sources.values().forEach(LentSource::close);
        sources.clear();
    }

    private synchronized void forget(String name, LentSource broken) {
        sources.remove(name, broken);
        broken.retire();
    }

    private synchronized LentSource source(ConnectionConfig config) {
        retireChanged();
        LentSource known = sources.get(config.name());
        if (known == null) {
            known = new LentSource(config.name(), config.source(), () -> open(config));
            sources.put(config.name(), known);
        }
        return known;
    }

    /** Where the operator looks for it: the URL stays out of the log, because it may carry a credential. */
    private static String place(ConnectionSource source) {
        return source instanceof ConnectionSource.Jndi jndi ? "jndi " + jndi.name() : source.kind();
    }

    @SuppressWarnings("BanJNDI") // the name is the operator's, from platform.yaml, held to java: names when it was read
    private static LentSource.Opened open(ConnectionConfig config) throws SQLException, NamingException {
        if (config.source() instanceof ConnectionSource.Jndi jndi) {
            if (new InitialContext().lookup(jndi.name()) instanceof DataSource pool) {
                return new LentSource.Opened(pool, () -> {});
            }
            throw new NamingException("the server has something else there than a data source");
        }
        if (config.source() instanceof ConnectionSource.Url url) {
            HikariDataSource pool = ConnectionPools.open(config.name(), url);
            return new LentSource.Opened(pool, pool);
        }
        RetailWarehouse warehouse = new RetailWarehouse();
        return new LentSource.Opened(warehouse.readers(), warehouse);
    }
}
