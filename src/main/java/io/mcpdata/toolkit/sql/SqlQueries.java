package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonObject;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Runs guarded statements: read-only, never committed, bounded in time, rows and bytes, and cancellable. Thread-safe. */
final class SqlQueries {

    private static final int MOST_PLAN_LINES = 1_000;
    private static final int ROWS_AT_ONCE = 100;
    private static final Set<Dialect> EXPLAINED =
            Set.of(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB);

    private final Connections connections;
    private final StatementTimeout.Threads threads;
    private final StatementChecks checks;
    private final SqlMistakes mistakes;
    private final EmbeddedWatch embedded;
    private final String identity;
    private final StatementComment comment;

    /** For the platform itself; tools use {@link #by} for their callers. */
    SqlQueries(Connections connections, StatementTimeout.Threads threads) {
        this(
                connections,
                threads,
                new StatementChecks(),
                new EmbeddedWatch(threads.scheduler(), HeapUse.ofThisJvm()),
                "",
                StatementComment.NONE);
    }

    private SqlQueries(
            Connections connections,
            StatementTimeout.Threads threads,
            StatementChecks checks,
            EmbeddedWatch embedded,
            String identity,
            StatementComment comment) {
        this.connections = connections;
        this.threads = threads;
        this.checks = checks;
        this.mistakes = new SqlMistakes(threads);
        this.embedded = embedded;
        this.identity = identity;
        this.comment = comment;
    }

    /** The same for a caller, who may use only a share of each data source. */
    SqlQueries by(CallContext call) {
        return by(call.callerIdentity(), StatementComment.of(call));
    }

    SqlQueries by(String callerIdentity) {
        return by(callerIdentity, StatementComment.NONE);
    }

    SqlQueries by(String callerIdentity, StatementComment commentOfCall) {
        return new SqlQueries(connections, threads, checks, embedded, callerIdentity, commentOfCall);
    }

    JsonObject query(
            ConnectionConfig config, SqlStatement asked, int maxRows, int maxBytes, Cancellation cancellation) {
        return run(config, guarded(config, asked, cancellation), maxRows, maxBytes, cancellation);
    }

    /** Runs a statement that the guard has accepted. */
    JsonObject run(
            ConnectionConfig config, SqlStatement guarded, int maxRows, int maxBytes, Cancellation cancellation) {
        SqlResults results = new SqlResults(maxRows, maxBytes);
        return connections.use(
                config,
                caller(cancellation),
                connection -> explained(connection, config, guarded, results, cancellation));
    }

    JsonObject explain(ConnectionConfig config, SqlStatement asked, int maxBytes, Cancellation cancellation) {
        SqlStatement guarded = guarded(config, asked, cancellation);
        SqlResults results = new SqlResults(MOST_PLAN_LINES, maxBytes);
        return connections.use(config, caller(cancellation), connection -> {
            DatabaseProfile profile = connection.database().profile();
            if (!EXPLAINED.contains(profile.dialect())) {
                throw new ToolException("not_supported", "sql_explain does not support " + profile.product() + ".");
            }
            return explained(connection, config, guarded.explained(), results, cancellation);
        });
    }

    /** Runs queries about the database, limited in time and cancellable as a statement is. */
    <T> T look(ConnectionConfig config, Cancellation cancellation, Look<T> look) {
        return connections.use(config, caller(cancellation), connection -> {
            try (StatementTimeout watch =
                    StatementTimeout.over(connection::abort, config.timeout(), cancellation, threads)) {
                return look(look, connection, config, watch);
            }
        });
    }

    private <T> T look(Look<T> look, BorrowedConnection connection, ConnectionConfig config, StatementTimeout watch) {
        try {
            watch.check();
            connection.limitLook(config.timeout());
            return look.around(connection.jdbc().getMetaData());
        } catch (SQLException e) {
            throw new StatementFailures(connections, config, connection, watch).readable(e);
        }
    }

    private SqlCaller caller(Cancellation cancellation) {
        return new SqlCaller(identity, cancellation);
    }

    /** A query about the database. */
    interface Look<T> {
        T around(DatabaseMetaData metadata) throws SQLException;
    }

    private SqlStatement guarded(ConnectionConfig config, SqlStatement asked, Cancellation cancellation) {
        DatabaseProfile profile = connections.profile(config, cancellation);
        return checks.check(profile, config.allowFunctions(), asked);
    }

    private JsonObject explained(
            BorrowedConnection connection,
            ConnectionConfig config,
            SqlStatement asked,
            SqlResults results,
            Cancellation cancellation) {
        String before = config.statementComment() ? comment.text() : "";
        SqlStatement sent = asked.withSql(before + asked.sql());
        return mistakes.explaining(
                new SqlMistakes.Attempt(connection, config, sent, before, cancellation),
                () -> run(connection, config, sent, results, cancellation));
    }

    private JsonObject run(
            BorrowedConnection connection,
            ConnectionConfig config,
            SqlStatement asked,
            SqlResults results,
            Cancellation cancellation)
            throws SQLException {
        SqlStatement limited = asked.withSql(connection.limited(asked.sql(), config.timeout()));
        try (Statement statement = limited.open(
                        connection.jdbc(), connection.database().profile().dialect());
                StatementTimeout watch =
                        StatementTimeout.over(statement, connection::abort, config.timeout(), cancellation, threads);
                EmbeddedWatch.Call call = watched(connection, limited, watch)) {
            limit(statement, connection, config, results);
            StatementFailures failures = new StatementFailures(connections, config, connection, watch);
            return run(statement, limited, results, watch, call, failures);
        }
    }

    private EmbeddedWatch.Call watched(BorrowedConnection connection, SqlStatement statement, StatementTimeout watch)
            throws SQLException {
        return connection.database().profile().dialect() == Dialect.H2
                ? embedded.over(connection.jdbc(), statement.sql(), () -> watch.isCancelled() || watch.isTimedOut())
                : EmbeddedWatch.elsewhere();
    }

    private static JsonObject run(
            Statement statement,
            SqlStatement asked,
            SqlResults results,
            StatementTimeout watch,
            EmbeddedWatch.Call call,
            StatementFailures failures) {
        try {
            watch.check();
            try (ResultSet rows = asked.execute(statement, failures.dialect())) {
                return results.read(rows, failures.dialect(), watch::check);
            }
        } catch (SQLException e) {
            throw call.readable(e, failures.readable(e, asked));
        }
    }

    private static void limit(
            Statement statement, BorrowedConnection connection, ConnectionConfig config, SqlResults results)
            throws SQLException {
        if (!connection.database().limits().areKept()) {
            // the watch is exact; the driver's own limit, in whole seconds, is a second protection
            statement.setQueryTimeout(
                    (int) Math.min(Integer.MAX_VALUE, config.timeout().toSeconds() + 2));
        }
        statement.setMaxRows(results.maxRows() + 1);
        statement.setFetchSize(Math.min(ROWS_AT_ONCE, results.maxRows() + 1));
    }
}
