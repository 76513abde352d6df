package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolGateway;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Duration longestWait;
    private final Map<String, BorrowedConnections> sources = new HashMap<>();
    private final Set<ConnectionSource> poolers = ConcurrentHashMap.newKeySet();

    /**
     * Both kinds of threads may be held by pools and drivers as long as they like.
     *
     * @param threads run what uses a connection
     * @param aborting give up connections
     */
    Connections(ActiveConfiguration configuration, Executor threads, Executor aborting) {
        this(configuration, threads, aborting, ConnectionPools.LONGEST_WAIT);
    }

    /** @param longestWait for a connection of a pool of ours, and for a place among those who wait for one */
    Connections(ActiveConfiguration configuration, Executor threads, Executor aborting, Duration longestWait) {
        this.configuration = configuration;
        this.threads = threads;
        this.aborting = aborting;
        this.longestWait = longestWait;
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

    /** What is known of the connection's database; borrows a connection if it is not known yet. */
    DatabaseProfile profile(ConnectionConfig config, Cancellation cancellation) {
        Optional<InspectedDatabase> known = source(config).inspection().known();
        return known.isPresent()
                ? known.get().profile()
                : use(config, cancellation, connection -> connection.database().profile());
    }

    /** What is known of the connection's database; empty until it is used, because telling it opens no connection. */
    Optional<DatabaseProfile> known(ConnectionConfig config) {
        return source(config).inspection().known().map(InspectedDatabase::profile);
    }

    /** On the platform's own behalf, as the other. */
    <T> T use(ConnectionConfig config, Cancellation cancellation, JdbcCall.Work<T> work) {
        return use(config, SqlCaller.platform(cancellation), work);
    }

    /**
     * Does something with a read-only connection without auto-commit, and rolls back whatever it did.
     *
     * @throws ToolException whatever the work threw; or if there is no connection to be had in time, it was cancelled or
     *     did not end in time, the caller has too many, or the database account is refused
     */
    <T> T use(ConnectionConfig config, SqlCaller caller, JdbcCall.Work<T> work) {
        try {
            try {
                return use(config, source(config), caller, work);
            } catch (BorrowedConnections.RetiredException e) {
                // between the look for the source and the first use of it: the next one is there already
                return use(config, source(config), caller, work);
            }
        } catch (SQLException | BorrowedConnections.RetiredException e) {
            throw unavailable(config, e);
        }
    }

    private <T> T use(ConnectionConfig config, BorrowedConnections source, SqlCaller caller, JdbcCall.Work<T> work)
            throws SQLException {
        return new JdbcCall<>(source, borrowed -> borrow(config, source, borrowed), work, config.timeout(), caller)
                .on(threads);
    }

    private BorrowedConnection borrow(
            ConnectionConfig config, BorrowedConnections source, Consumer<BorrowedConnection> lent) {
        try {
            BorrowedConnection connection = new BorrowedConnection(source, source.lend(), aborting);
            lent.accept(connection);
            connection.prepare();
            connection.begin(source.inspection());
            return connection;
        } catch (ToolException | BorrowedConnections.RetiredException e) {
            throw e;
        } catch (SQLException | NamingException | RuntimeException | LinkageError e) {
            if (e instanceof SQLException sql && StatementFailures.isOfPreparedStatements(sql)) {
                ToolException told = behindPooler(config, source);
                throw config.source() instanceof ConnectionSource.Url
                        ? new BorrowedConnections.RetiredException()
                        : told;
            }
            if (!ConnectionPools.isExhausted(e) && config.source() instanceof ConnectionSource.Demo) {
                // a statement that wants more memory than there is closes an embedded database: make it anew
                forget(config.name(), source);
            }
            throw unavailable(config, e);
        }
    }

    /**
     * What to tell of a failure that PostgreSQL's driver has behind a pooler which shares sessions between transactions:
     * it met a statement that another client has prepared, or misses its own. The platform closes a pool of its own and
     * opens it again with a driver that prepares none.
     */
    ToolException behindPooler(ConnectionConfig config, BorrowedConnections source) {
        boolean ours = config.source() instanceof ConnectionSource.Url;
        if (poolers.add(config.source())) {
            LOG.log(
                    Level.WARNING,
                    "connection {0} ({1}) goes through a pooler that does not keep prepared statements, such as PgBouncer"
                            + " in transaction mode. {2}",
                    config.name(),
                    place(config.source()),
                    ours
                            ? "It is used with prepareThreshold=0 from now on; write that into its URL."
                            : "Set the driver's property prepareThreshold=0 in the server's pool.");
        }
        if (ours) {
            forget(config.name(), source);
        }
        return new ToolException(
                "connection_unavailable",
                "The connection " + config.name() + " goes through a pooler that lost a prepared statement; run the"
                        + " statement again.");
    }

    private static ToolException unavailable(ConnectionConfig config, Throwable e) {
        LOG.log(
                Level.WARNING,
                "connection {0} ({1}) is not available: {2}{3}",
                config.name(),
                place(config.source()),
                SqlErrors.forTheLog(e),
                hint(e));
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
                            && entry.getValue().isOf(config));
            if (!current) {
                entry.getValue().retire();
            }
            return !current;
        });
    }

    @Override
    public synchronized void close() {
        sources.values().forEach(BorrowedConnections::close);
        sources.clear();
    }

    /** For drivers that can open a connection but not switch it to read-only afterwards. */
    private static String hint(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).matches("(?s).*read[- ]only.*")) {
                return ". Where the driver cannot make an open connection read-only, let the URL open it so: SQLite"
                        + " with ?open_mode=1";
            }
        }
        return "";
    }

    private synchronized void forget(String name, BorrowedConnections broken) {
        sources.remove(name, broken);
        broken.retire();
    }

    private synchronized BorrowedConnections source(ConnectionConfig config) {
        retireChanged();
        BorrowedConnections known = sources.get(config.name());
        if (known == null) {
            known = new BorrowedConnections(config, () -> open(config), longestWait);
            sources.put(config.name(), known);
        }
        return known;
    }

    /** Where the operator looks for it: the URL stays out of the log, because it may carry a credential. */
    private static String place(ConnectionSource source) {
        return source instanceof ConnectionSource.Jndi jndi ? "jndi " + jndi.name() : source.kind();
    }

    @SuppressWarnings("BanJNDI") // the name is the operator's, from platform.yaml, held to java: names when it was read
    private BorrowedConnections.Opened open(ConnectionConfig config) throws SQLException, NamingException {
        if (config.source() instanceof ConnectionSource.Jndi jndi) {
            if (new InitialContext().lookup(jndi.name()) instanceof DataSource pool) {
                return new BorrowedConnections.Opened(pool, () -> {});
            }
            throw new NamingException("the server has something else there than a data source");
        }
        if (config.source() instanceof ConnectionSource.Url url) {
            HikariDataSource pool = ConnectionPools.open(
                    config.name(),
                    url,
                    DriverProperties.of(
                            url.url().reveal(), poolers.contains(config.source()), config.allowPrivilegedAccount()),
                    longestWait);
            return new BorrowedConnections.Opened(pool, pool);
        }
        RetailWarehouse warehouse = new RetailWarehouse();
        return new BorrowedConnections.Opened(warehouse.readers(), warehouse);
    }
}
