package io.mcpdata.store;

import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.DatabaseConfig;
import io.mcpdata.config.Secret;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A PostgreSQL database that no server has used yet, and that takes the content of an embedded store. For one thread. */
public final class CopyTarget {

    private static final int LONGEST_CONNECT_SECONDS = 10;
    private static final int LONGEST_ANSWER_SECONDS = 120;

    private static final String REVISION = "api_key_revision";

    private static final String VERSION =
            "SELECT COALESCE(MAX(CAST(version AS INT)), 0) FROM flyway_schema_history WHERE success";

    /** The writers are first: a server that starts meanwhile waits there, before it takes numbers for rows. */
    private static final List<String> TABLES =
            List.of("audit_writer", "audit_event", "audit_checkpoint", "api_key", "api_key_use", REVISION);

    /** A transaction behind a pooler has the settings of none before it. */
    private static final String TRANSACTION = """
            SELECT set_config('lock_timeout', '5s', true), set_config('statement_timeout', '60s', true),
                set_config('idle_in_transaction_session_timeout', '60s', true),
                set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                    THEN 'on' ELSE current_setting('synchronous_commit') END, true)""";

    private final PGSimpleDataSource database;
    private final Jdbi jdbi;

    private CopyTarget(PGSimpleDataSource database) {
        this.database = database;
        this.jdbi = Jdbi.create(database);
    }

    /**
     * Looks at the database, and changes nothing.
     *
     * @throws StoreUnavailableException if it cannot be used, or a server has used it; the message says why
     */
    public static CopyTarget open(DatabaseConfig config) {
        if (!(config.source() instanceof ConnectionSource.Url url)) {
            throw new StoreUnavailableException("database.jndi names a pool that only a server has: for this command,"
                    + " give a file with database.url, username and password instead");
        }
        PostgresTables.check(url);
        CopyTarget target = new CopyTarget(dataSource(url));
        try {
            PostgresTables.check(target.database);
            target.jdbi.useHandle(CopyTarget::refuseOthers);
        } catch (SQLException | JdbiException e) {
            throw new StoreUnavailableException(
                    "the database (section database) does not answer, or refuses this account: " + reason(e), e);
        }
        return target;
    }

    private static void refuseOthers(Handle handle) {
        if (isThere(handle, "flyway_schema_history")) {
            int found = handle.createQuery(VERSION).mapTo(Integer.class).one();
            int known = MigrationNames.version(MigrationNames.POSTGRESQL);
            if (found > known) {
                throw new StoreUnavailableException("the database has tables of version " + found
                        + ", which a newer release made, and this command makes version " + known
                        + ": use the command line of that release");
            }
        }
        TABLES.stream()
                .filter(table -> !table.equals(REVISION))
                .filter(table -> isThere(handle, table))
                .forEach(table -> refuseRows(handle, table));
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL")
                .bind("name", table)
                .mapTo(Boolean.class)
                .one();
    }

    private static void refuseRows(Handle handle, String table) {
        if (handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")
                .mapTo(Boolean.class)
                .one()) {
            throw new StoreUnavailableException(
                    "a server has used the database, or a store was copied into it: its table "
                            + table
                            + " has rows. Nothing was changed. Copy into an empty database, before the first server"
                            + " starts with it");
        }
    }

    private static PGSimpleDataSource dataSource(ConnectionSource.Url url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setConnectTimeout(LONGEST_CONNECT_SECONDS);
        database.setSocketTimeout(LONGEST_ANSWER_SECONDS);
        database.setTcpKeepAlive(true);
        database.setApplicationName("mcp-data-platform store copy");
        database.setReWriteBatchedInserts(true);
        // a pooler such as PgBouncer may not keep prepared statements
        database.setPrepareThreshold(0);
        database.setURL(url.url().reveal());
        url.username().ifPresent(database::setUser);
        url.password().map(Secret::reveal).ifPresent(database::setPassword);
        return database;
    }

    /**
     * Makes the tables as a server does, then takes the keys and what {@code more} adds, in one transaction.
     *
     * @return how many keys were copied
     * @throws StoreUnavailableException if the database refuses it, or a server was faster; nothing was copied then
     */
    public int take(ReadOnlyStore source, Consumer<Handle> more) {
        try {
            Migrations.apply(database, MigrationScripts.postgresql());
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "the tables cannot be made in the database, and nothing was copied: " + reason(e), e);
        }
        try {
            return jdbi.inTransaction(to -> {
                to.execute(TRANSACTION);
                to.execute("LOCK TABLE " + String.join(", ", TABLES) + " IN EXCLUSIVE MODE");
                refuseOthers(to);
                int keys = KeyTables.copy(source, to);
                more.accept(to);
                return keys;
            });
        } catch (JdbiException e) {
            throw new StoreUnavailableException(
                    "nothing was copied, because the database failed: " + reason(e)
                            + ". If that was at the very end, the same command says whether the copy is there",
                    e);
        }
    }

    /** Without values of rows, which Jdbi's message and PostgreSQL's details have. */
    private static String reason(Exception failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof PSQLException known) {
                return Optional.ofNullable(known.getServerErrorMessage())
                        .map(ServerErrorMessage::getMessage)
                        .orElseGet(() -> String.valueOf(known.getMessage()));
            }
        }
        return failure instanceof FlywayException ? String.valueOf(failure.getMessage()) : "no answer";
    }
}
