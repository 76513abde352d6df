package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolException;
import jakarta.json.JsonObject;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Runs guarded statements: read-only, never committed, bounded in time, rows and bytes, and cancellable. Thread-safe. */
final class SqlQueries {

    private static final int MOST_PLAN_LINES = 1_000;
    private static final int ROWS_AT_ONCE = 100;
    private static final Set<String> EXPLAINED = Set.of("h2", "postgresql", "mysql", "mariadb");

    private final Connections connections;
    private final StatementWatch.Threads threads;
    private final SqlGuard guard = new SqlGuard();
    private final EmbeddedWatch embedded;

    SqlQueries(Connections connections, StatementWatch.Threads threads) {
        this.connections = connections;
        this.threads = threads;
        this.embedded = new EmbeddedWatch(threads.scheduler(), HeapUse.ofThisJvm());
    }

    JsonObject query(
            ConnectionConfig config, SqlStatement asked, int maxRows, int maxBytes, Cancellation cancellation) {
        SqlStatement guarded = guarded(config, asked);
        SqlResults results = new SqlResults(maxRows, maxBytes);
        return connections.use(
                config, cancellation, connection -> run(connection, config, guarded, results, cancellation));
    }

    JsonObject explain(ConnectionConfig config, SqlStatement asked, int maxBytes, Cancellation cancellation) {
        SqlStatement guarded = guarded(config, asked);
        SqlResults results = new SqlResults(MOST_PLAN_LINES, maxBytes);
        return connections.use(config, cancellation, connection -> {
            String product = connection.jdbc().getMetaData().getDatabaseProductName();
            if (!EXPLAINED.contains(product.toLowerCase(Locale.ROOT))) {
                throw new ToolException("not_supported", "sql_explain does not support " + product + ".");
            }
            return run(connection, config, guarded.explained(), results, cancellation);
        });
    }

    /** Looks around in the database, bounded in time and cancellable as a statement is. */
    <T> T look(ConnectionConfig config, Cancellation cancellation, Look<T> look) {
        return connections.use(config, cancellation, connection -> {
            DatabaseMetaData metadata = connection.jdbc().getMetaData();
            try (StatementWatch watch =
                    StatementWatch.over(connection::abort, config.timeout(), cancellation, threads)) {
                return look(look, metadata, watch);
            }
        });
    }

    private static <T> T look(Look<T> look, DatabaseMetaData metadata, StatementWatch watch) {
        try {
            watch.check();
            return look.around(metadata);
        } catch (SQLException e) {
            throw watch.readable(e);
        }
    }

    /** Something asked about the database. */
    interface Look<T> {
        T around(DatabaseMetaData metadata) throws SQLException;
    }

    private SqlStatement guarded(ConnectionConfig config, SqlStatement asked) {
        try {
            boolean embedded = EmbeddedWatch.isEmbedded(config.source());
            String checked = guard.check(asked.sql(), config.allowFunctions(), embedded);
            if (embedded) {
                EmbeddedWatch.checkParameters(asked);
            }
            return asked.withSql(checked);
        } catch (StatementRefused e) {
            throw new ToolException("statement_refused", "Statement refused: " + e.getMessage());
        }
    }

    private JsonObject run(
            LentConnection connection,
            ConnectionConfig config,
            SqlStatement asked,
            SqlResults results,
            Cancellation cancellation)
            throws SQLException {
        try (PreparedStatement statement = connection.jdbc().prepareStatement(asked.sql());
                StatementWatch watch =
                        StatementWatch.over(statement, connection::abort, config.timeout(), cancellation, threads);
                EmbeddedWatch.Call call = embedded.over(
                        connection.jdbc(), asked.sql(), () -> watch.isCancelled() || watch.isTimedOut())) {
            return run(statement, asked, results, watch, call, config);
        }
    }

    private static JsonObject run(
            PreparedStatement statement,
            SqlStatement asked,
            SqlResults results,
            StatementWatch watch,
            EmbeddedWatch.Call call,
            ConnectionConfig config) {
        try {
            watch.check();
            asked.bind(statement);
            // the watch is exact; the driver's own limit, in whole seconds, is the net below it
            statement.setQueryTimeout(
                    (int) Math.min(Integer.MAX_VALUE, config.timeout().toSeconds() + 2));
            statement.setMaxRows(results.maxRows() + 1);
            statement.setFetchSize(Math.min(ROWS_AT_ONCE, results.maxRows() + 1));
            try (ResultSet rows = statement.executeQuery()) {
                return results.read(rows, watch);
            }
        } catch (SQLException e) {
            throw call.readable(e, watch.readable(e));
        }
    }
}
