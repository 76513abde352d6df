package io.mcpdata.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.DatabaseConfig;
import io.mcpdata.config.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL database that several servers share, migrated. Its pool replaces connections that fail, so it is never
 * opened again. Thread-safe.
 */
final class PostgresDatabase implements StoreDatabase {

    private static final int CONNECTIONS = 6;

    /** One has the lock, one looks at the tables, and one changes them. */
    private static final int CONNECTIONS_OF_FLYWAY = 3;

    private static final int LONGEST_STATEMENT_SECONDS = 10;
    private static final int LONGEST_WAIT_MILLIS = 3_000;

    /** A pooler may give each transaction another session, so each transaction sets what it needs. */
    private static final String TRANSACTION = """
            SELECT set_config('lock_timeout', '5s', true), set_config('statement_timeout', '10s', true),
                set_config('idle_in_transaction_session_timeout', '10s', true),
                set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                    THEN 'on' ELSE current_setting('synchronous_commit') END, true)""";

    private final Jdbi jdbi;
    private final @Nullable HikariDataSource own;

    /** @param own the pool, if the platform has made it */
    private PostgresDatabase(DataSource pool, String instance, @Nullable HikariDataSource own) {
        this.jdbi = Jdbi.create(pool);
        this.own = own;
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(LONGEST_STATEMENT_SECONDS);
        StoreDialects.use(jdbi, new PostgresDialect(instance, pool));
    }

    /** @throws StoreUnavailableException saying what to do */
    static PostgresDatabase open(DatabaseConfig config) {
        if (config.source() instanceof ConnectionSource.Url url) {
            return open(url, config.instance());
        }
        return open(serverPool(((ConnectionSource.Jndi) config.source()).name()), config.instance());
    }

    /** @param pool of the server, which closes it */
    static PostgresDatabase open(DataSource pool, String instance) {
        PostgresTables.migrate(pool);
        return new PostgresDatabase(pool, instance, null);
    }

    private static PostgresDatabase open(ConnectionSource.Url url, String instance) {
        PostgresTables.check(url);
        // a migration may take longer than other statements
        try (HikariDataSource patient = pool(url, CONNECTIONS_OF_FLYWAY, 0)) {
            PostgresTables.migrate(patient);
        } catch (RuntimeException e) {
            throw e instanceof StoreUnavailableException known ? known : PostgresTables.unavailable(e);
        }
        HikariDataSource pool = pool(url, CONNECTIONS, 2 * LONGEST_STATEMENT_SECONDS);
        return new PostgresDatabase(pool, instance, pool);
    }

    @SuppressWarnings("BanJNDI") // the operator gives the name in platform.yaml; only java: names are accepted there
    private static DataSource serverPool(String name) {
        try {
            if (new InitialContext().lookup(name) instanceof DataSource pool) {
                return pool;
            }
            throw new NamingException("the server has something else there than a data source");
        } catch (NamingException e) {
            throw new StoreUnavailableException(
                    "the platform store cannot be opened: the server has no data source " + name + " (database.jndi)",
                    e);
        }
    }

    /** @param socketSeconds how long to wait for each answer of the database; 0 for any time */
    private static HikariDataSource pool(ConnectionSource.Url url, int connections, int socketSeconds) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("platform-store");
        settings.setDriverClassName("org.postgresql.Driver");
        settings.setJdbcUrl(url.url().reveal());
        url.username().ifPresent(settings::setUsername);
        url.password().map(Secret::reveal).ifPresent(settings::setPassword);
        settings.addDataSourceProperty("ApplicationName", "mcp-data-platform store");
        settings.addDataSourceProperty("connectTimeout", "3");
        settings.addDataSourceProperty("socketTimeout", String.valueOf(socketSeconds));
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        // a pooler such as PgBouncer may not keep prepared statements
        settings.addDataSourceProperty("prepareThreshold", "0");
        settings.setMaximumPoolSize(connections);
        // less than a row waits for, so that the log has the cause
        settings.setConnectionTimeout(LONGEST_WAIT_MILLIS);
        settings.setExceptionOverride(new ReadOnlySession());
        settings.setInitializationFailTimeout(-1);
        return new HikariDataSource(settings);
    }

    @Override
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public <T> T durably(Function<Handle, T> change) {
        return jdbi.withHandle(handle -> {
            try {
                return handle.inTransaction(open -> {
                    open.execute(TRANSACTION);
                    return change.apply(open);
                });
            } catch (JdbiException e) {
                if (ReadOnlySession.isCauseOf(e)) {
                    replace(handle);
                }
                throw e;
            }
        });
    }

    @Override
    public boolean answers() {
        return jdbi.withHandle(handle -> {
            boolean taken = PostgresTables.takesRows(handle);
            if (!taken) {
                replace(handle);
            }
            return taken;
        });
    }

    /** A session that only reads would stay with a server that has become a standby. */
    private void replace(Handle handle) {
        if (own != null) {
            own.getHikariPoolMXBean().softEvictConnections();
            return;
        }
        try {
            // no interface of a server's pool closes a connection; each pool replaces one whose session has ended
            handle.execute("SELECT pg_terminate_backend(pg_backend_pid())");
        } catch (JdbiException ended) {
            // as asked for
        }
    }

    @Override
    public void used() {
        // the database itself has what the embedded store keeps beside it
    }

    @Override
    public @Nullable StoreUnavailableException failure() {
        return null;
    }

    @Override
    public void suspect(Throwable error) {
        // the pool looks at each connection before it gives it out
    }

    @Override
    public StoreMark reached() {
        return StoreMark.NONE;
    }

    @Override
    public Optional<String> missing(StoreMark known) {
        return Optional.empty();
    }

    @Override
    public StoreBackup backUp(Instant now) {
        throw new StoreUnavailableException(
                "the platform store is a PostgreSQL database: back it up with pg_dump or as your other databases");
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
