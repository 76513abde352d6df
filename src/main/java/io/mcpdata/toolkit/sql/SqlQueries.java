package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.GuardedStatement;
import jakarta.json.JsonObject;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Runs guarded statements: read-only, never committed, bounded in time, rows and bytes, and cancellable. Thread-safe. */
final class SqlQueries {

    private static final int MOST_PLAN_LINES = 1_000;
    private static final int ROWS_AT_ONCE = 100;
    private static final Set<Dialect> EXPLAINED =
            Set.of(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB, Dialect.TRINO);

    private final Connections connections;
    private final StatementTimeout.Threads threads;
    private final StatementChecks checks;
    private final SqlMistakes mistakes;
    private final EmbeddedWatch embedded;
    private final CallerFacts caller;
    private final Function<ConnectionConfig, TableFilter> filters;
    private final StatementComment comment;
    private final MaskKey key;

    /** For the platform itself; tools use {@link #by} for their callers. */
    SqlQueries(Connections connections, StatementTimeout.Threads threads) {
        this(
                connections,
                threads,
                new MaskKey(connections.configuration()),
                new StatementChecks(),
                new EmbeddedWatch(threads.ticks().scheduler(), HeapUse.ofThisJvm()),
                CallerFacts.NONE,
                connection -> TableFilter.NONE,
                StatementComment.NONE);
    }

    private SqlQueries(
            Connections connections,
            StatementTimeout.Threads threads,
            MaskKey key,
            StatementChecks checks,
            EmbeddedWatch embedded,
            CallerFacts caller,
            Function<ConnectionConfig, TableFilter> filters,
            StatementComment comment) {
        this.connections = connections;
        this.threads = threads;
        this.key = key;
        this.checks = checks;
        this.mistakes = new SqlMistakes(threads);
        this.embedded = embedded;
        this.caller = caller;
        this.filters = filters;
        this.comment = comment;
    }

    /** The same for a caller, who may use only a share of each data source, and the tables that exist for it. */
    SqlQueries by(CallContext call) {
        return new SqlQueries(
                connections,
                threads,
                key,
                checks,
                embedded,
                CallerFacts.of(call),
                connection -> TableFilter.of(call, connection),
                StatementComment.of(call));
    }

    /** For a caller for whom all tables exist. */
    SqlQueries by(CallerFacts other) {
        return by(other, connection -> TableFilter.NONE);
    }

    SqlQueries by(CallerFacts other, Function<ConnectionConfig, TableFilter> tables) {
        return new SqlQueries(connections, threads, key, checks, embedded, other, tables, comment);
    }

    SqlQueries commented(StatementComment other) {
        return new SqlQueries(connections, threads, key, checks, embedded, caller, filters, other);
    }

    JsonObject query(
            ConnectionConfig config, SqlStatement asked, int maxRows, int maxBytes, Cancellation cancellation) {
        return export(config, asked, new SqlResults(maxRows, maxBytes), cancellation);
    }

    /** The same into another form. */
    <T> T export(ConnectionConfig config, SqlStatement asked, RowReader<T> results, Cancellation cancellation) {
        GuardedStatement guarded = guarded(config, asked, cancellation);
        return connections.use(config, caller(cancellation), connection -> {
            Rewriting statement = decided(config, connection, asked, guarded, false, cancellation);
            ConnectionConfig left = planned(connection, config, statement, cancellation);
            return explained(connection, left, statement, results, cancellation);
        });
    }

    /**
     * The statement for the database, by the rules over tables, if there are any; limited in time as the statement is.
     */
    private Rewriting decided(
            ConnectionConfig config,
            BorrowedConnection connection,
            SqlStatement asked,
            GuardedStatement guarded,
            boolean explains,
            Cancellation cancellation) {
        TableFilter filter = filters.apply(config);
        if (!filter.isOn()) {
            return Rewriting.none(asked.guarded(guarded));
        }
        DatabaseProfile profile = connection.database().profile();
        return inTime(
                metadata -> {
                    List<TableDecision.Decided> tables =
                            new TableDecision(metadata, profile, filter, asked.sql()).check(guarded.tables(), explains);
                    return filter.restricts()
                            ? new TableRestrictions(metadata, profile, filter, caller, key)
                                    .of(asked, guarded, tables, explains)
                            : Rewriting.none(asked.guarded(guarded));
                },
                connection,
                config,
                cancellation);
    }

    /** Checks the plan, if it has limits; the connection with the time that is left for the statement. */
    private ConnectionConfig planned(
            BorrowedConnection connection, ConnectionConfig config, Rewriting accepted, Cancellation cancellation) {
        if (config.planLimits().isEmpty()) {
            return config;
        }
        long started = System.nanoTime();
        new PlanCheck(config, config.planLimits().get(), filters.apply(config).isOn())
                .check(
                        connection.database().profile(),
                        (prefix, time) -> explained(
                                connection,
                                config.withTimeout(time),
                                accepted.withPrefix(prefix),
                                new PlanText(),
                                cancellation));
        long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
        return config.withTimeout(config.timeout().minusSeconds(seconds));
    }

    /**
     * How many markers the guard counts.
     *
     * @throws ToolException if it refuses the statement
     */
    int markers(ConnectionConfig config, SqlStatement asked, Cancellation cancellation) {
        return guarded(config, asked, cancellation).markers().places().size();
    }

    /** Runs a statement that the guard has accepted. */
    JsonObject run(
            ConnectionConfig config, SqlStatement guarded, int maxRows, int maxBytes, Cancellation cancellation) {
        SqlResults results = new SqlResults(maxRows, maxBytes);
        return connections.use(
                config,
                caller(cancellation),
                connection -> explained(connection, config, Rewriting.none(guarded), results, cancellation));
    }

    JsonObject explain(ConnectionConfig config, SqlStatement asked, int maxBytes, Cancellation cancellation) {
        GuardedStatement guarded = guarded(config, asked, cancellation);
        SqlResults results = new SqlResults(MOST_PLAN_LINES, maxBytes);
        return connections.use(config, caller(cancellation), connection -> {
            DatabaseProfile profile = connection.database().profile();
            if (!EXPLAINED.contains(profile.dialect())) {
                throw new ToolException("not_supported", "sql_explain does not support " + profile.product() + ".");
            }
            decided(config, connection, asked, guarded, true, cancellation);
            return explained(
                    connection, config, Rewriting.none(asked.guarded(guarded).explained()), results, cancellation);
        });
    }

    /** Runs queries about the database, limited in time and cancellable as a statement is. */
    <T> T look(ConnectionConfig config, Cancellation cancellation, Look<T> look) {
        return connections.use(
                config, caller(cancellation), connection -> inTime(look, connection, config, cancellation));
    }

    /** The same about the tables that exist for the caller. */
    <T> T schema(ConnectionConfig config, Cancellation cancellation, SchemaLook<T> look) {
        TableFilter filter = filters.apply(config);
        return look(config, cancellation, metadata -> look.around(new SqlSchema(metadata, filter)));
    }

    private <T> T inTime(
            Look<T> look, BorrowedConnection connection, ConnectionConfig config, Cancellation cancellation) {
        try (StatementTimeout watch =
                StatementTimeout.over(connection::abort, config.timeout(), cancellation, threads)) {
            return look(look, connection, config, watch);
        }
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
        return new SqlCaller(caller, cancellation);
    }

    /** A query about the database. */
    interface Look<T> {
        T around(DatabaseMetaData metadata) throws SQLException;
    }

    /** A question about tables. */
    interface SchemaLook<T> {
        T around(SqlSchema schema) throws SQLException;
    }

    private GuardedStatement guarded(ConnectionConfig config, SqlStatement asked, Cancellation cancellation) {
        DatabaseProfile profile = connections.profile(config, caller(cancellation));
        boolean decides = filters.apply(config).isOn();
        return checks.check(profile, config.allowFunctions(), decides, asked);
    }

    private <T> T explained(
            BorrowedConnection connection,
            ConnectionConfig config,
            Rewriting asked,
            RowReader<T> results,
            Cancellation cancellation) {
        String before = config.statementComment() ? comment.text() : "";
        SqlStatement sent = asked.sent().withSql(before + asked.sent().sql());
        TracedStatement traced =
                new TracedStatement(connection.database().profile().dialect(), config.name(), asked.caller());
        return mistakes.explaining(
                new SqlMistakes.Attempt(connection, config, sent, before, asked, filters.apply(config), cancellation),
                () -> traced.run(() -> run(connection, config, sent, results, cancellation)));
    }

    private <T> T run(
            BorrowedConnection connection,
            ConnectionConfig config,
            SqlStatement asked,
            RowReader<T> results,
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

    private static <T> T run(
            Statement statement,
            SqlStatement asked,
            RowReader<T> results,
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
            Statement statement, BorrowedConnection connection, ConnectionConfig config, RowReader<?> results)
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
