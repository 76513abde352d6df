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
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The data sources behind the configured connections. The platform's own data sources are opened at their first use.
 * When an entry changes or is removed, its source gives out no more connections and closes as soon as all of them are
 * returned. Thread-safe.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Connections.class.getName());

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ActiveConfiguration configuration;
    private final Executor tasks;
    private final Executor aborting;
    private final Duration longestWait;
    private final Map<String, BorrowedConnections> sources = new HashMap<>();
    private final Set<ConnectionSource> poolers = ConcurrentHashMap.newKeySet();

    /**
     * @param tasks runs a use of a connection on the calling thread, as a task that the server knows
     * @param aborting threads that the abort of a connection may block for any time
     */
    Connections(ActiveConfiguration configuration, Executor tasks, Executor aborting) {
        this(configuration, tasks, aborting, ConnectionPools.LONGEST_WAIT);
    }

    /** @param longestWait how long to wait for a connection of the platform's own pools, and for a place to wait for one */
    Connections(ActiveConfiguration configuration, Executor tasks, Executor aborting, Duration longestWait) {
        this.configuration = configuration;
        this.tasks = tasks;
        this.aborting = aborting;
        this.longestWait = longestWait;
    }

    ActiveConfiguration configuration() {
        return configuration;
    }

    List<ConnectionConfig> all() {
        return configuration.config().connections();
    }

    /** @throws ToolException with the gateway's text if no such connection is configured */
    ConnectionConfig named(String name) {
        Optional<ConnectionConfig> found = all().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new ToolException("connection_unknown", ToolGateway.unknownConnection(name)));
    }

    /**
     * The profile of the connection's database, as the caller's database role reads it; borrows a connection if it is not
     * known yet.
     */
    DatabaseProfile profile(ConnectionConfig config, SqlCaller caller) {
        DatabaseIdentity identity = DatabaseIdentity.of(config, caller.facts());
        Optional<InspectedDatabase> known =
                source(config).inspection(identity.role()).known();
        return known.isPresent()
                ? known.get().profile()
                : use(config, caller, connection -> connection.database().profile());
    }

    /** The profile of the connection's database; empty until the connection is used, because this opens none. */
    Optional<DatabaseProfile> known(ConnectionConfig config) {
        return source(config).known().map(InspectedDatabase::profile);
    }

    /** For the platform itself, which has no share of its own. */
    <T> T use(ConnectionConfig config, Cancellation cancellation, JdbcCall.Work<T> work) {
        return use(config, SqlCaller.platform(cancellation), work);
    }

    /**
     * Runs the work with a read-only connection without auto-commit, and always rolls back.
     *
     * @throws ToolException the exception of the work; or if no connection is free in time, the work was cancelled or
     *     did not end in time, the caller has too many uses or no identity in the database, or the database account is
     *     refused
     */
    <T> T use(ConnectionConfig config, SqlCaller caller, JdbcCall.Work<T> work) {
        try {
            try {
                return use(config, source(config), caller, work);
            } catch (BorrowedConnections.RetiredException e) {
                // the source was replaced between its look-up and its first use: use the new one
                return use(config, source(config), caller, work);
            }
        } catch (SQLException | BorrowedConnections.RetiredException e) {
            throw unavailable(config, e);
        }
    }

    private <T> T use(ConnectionConfig config, BorrowedConnections source, SqlCaller caller, JdbcCall.Work<T> work)
            throws SQLException {
        DatabaseIdentity identity = DatabaseIdentity.of(config, caller.facts());
        String late =
                "no connection within " + JdbcCall.patience(config.timeout()).toSeconds() + " s";
        return new JdbcCall<>(source, () -> borrow(config, source, identity), work, config.timeout())
                .on(tasks, caller, () -> unavailable(config, new SQLTimeoutException(late)));
    }

    private BorrowedConnection borrow(ConnectionConfig config, BorrowedConnections source, DatabaseIdentity identity) {
        try {
            BorrowedConnection connection = source.borrow(config.timeout().plus(JdbcCall.FOR_THE_WATCH));
            connection.prepare();
            connection.begin(source.inspection(identity.role()), identity);
            return connection;
        } catch (ToolException | BorrowedConnections.RetiredException e) {
            throw e;
        } catch (SQLException | NamingException | RuntimeException | LinkageError e) {
            if (e instanceof SQLException sql && StatementFailures.isOfPreparedStatements(sql)) {
                throw behindPooler(config);
            }
            if (!ConnectionPools.isExhausted(e) && isEmbedded(config.source())) {
                // an embedded database closes when a statement needs more memory than there is: create it again
                forget(config.name(), source);
            }
            throw unavailable(config, e);
        }
    }

    /**
     * The error of PostgreSQL's driver behind a pooler that shares sessions between transactions: the driver meets a
     * prepared statement of another client, or misses its own. The platform's own pools use none unless their URL says
     * so.
     */
    ToolException behindPooler(ConnectionConfig config) {
        if (poolers.add(config.source())) {
            LOG.log(
                    Level.WARNING,
                    "connection {0} ({1}) goes through a pooler that does not keep prepared statements, such as PgBouncer"
                            + " in transaction mode: a statement may fail, or run as another client's statement. Set the"
                            + " driver's property prepareThreshold=0 in {2}.",
                    config.name(),
                    place(config.source()),
                    config.source() instanceof ConnectionSource.Jndi ? "the server's pool" : "its URL");
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

    private static boolean isEmbedded(ConnectionSource source) {
        return source instanceof ConnectionSource.Demo || source instanceof ConnectionSource.Files;
    }

    /** Retires the sources that the configuration no longer names. */
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

    /**
     * At the end of the application: what hangs loses its connection and gets a moment to return it, because the server
     * would wait longer for it than it has time to stop.
     */
    @Override
    public void close() {
        List<BorrowedConnections> last;
        synchronized (this) {
            last = List.copyOf(sources.values());
            sources.clear();
        }
        last.forEach(source -> source.abort(aborting));
        long end = System.nanoTime() + A_MOMENT.toNanos();
        try {
            while (!last.stream().allMatch(BorrowedConnections::isIdle) && System.nanoTime() - end < 0) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach(BorrowedConnections::close);
    }

    /** A hint for drivers that can open a connection but not switch it to read-only afterwards. */
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

    /** How many connections are borrowed now, by the name of the connection; none for one that is not open. */
    synchronized Map<String, Integer> borrowed() {
        Map<String, Integer> borrowed = new TreeMap<>();
        sources.forEach((name, source) -> borrowed.put(name, source.borrowed()));
        return borrowed;
    }

    /** A figure of the platform's own pools that are open, by the name of the connection. */
    synchronized Map<String, Integer> pools(ToIntFunction<PoolState> figure) {
        Map<String, Integer> figures = new TreeMap<>();
        sources.forEach((name, source) -> source.pool().ifPresent(pool -> figures.put(name, figure.applyAsInt(pool))));
        return figures;
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

    /** What the operator can search for: the URL is not logged, because it may contain a credential. */
    private static String place(ConnectionSource source) {
        return source instanceof ConnectionSource.Jndi jndi ? "jndi " + jndi.name() : source.kind();
    }

    @SuppressWarnings("BanJNDI") // the operator gives the name in platform.yaml; only java: names are accepted there
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
                    DriverProperties.of(url.url().reveal(), config.allowPrivilegedAccount()),
                    longestWait);
            return new BorrowedConnections.Opened(pool, pool);
        }
        if (config.source() instanceof ConnectionSource.Files files) {
            FilesDatabase database = FilesDatabase.open(
                    config.name(), files, configuration.config().server().dataDirectory(), longestWait);
            return new BorrowedConnections.Opened(database.readers(), database);
        }
        RetailWarehouse warehouse = new RetailWarehouse();
        return new BorrowedConnections.Opened(warehouse.readers(), warehouse);
    }
}
