package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.SQLException;
import java.util.Set;

/** What to tell of a statement that failed, and what follows for its connection. Belongs to one call. */
final class StatementFailures {

    /** PostgreSQL: a prepared statement exists already, or does not. */
    private static final Set<String> OF_PREPARED_STATEMENTS = Set.of("42P05", "26000");

    /** PostgreSQL: a syntax error, and no operator of that name. */
    private static final Set<String> OF_MARKERS = Set.of("42601", "42883");

    private final Connections connections;
    private final ConnectionConfig config;
    private final BorrowedConnection connection;
    private final StatementTimeout watch;

    StatementFailures(
            Connections connections, ConnectionConfig config, BorrowedConnection connection, StatementTimeout watch) {
        this.connections = connections;
        this.config = config;
        this.connection = connection;
        this.watch = watch;
    }

    /** Whether PostgreSQL's driver met a prepared statement of another session, or misses its own. */
    static boolean isOfPreparedStatements(SQLException e) {
        return OF_PREPARED_STATEMENTS.contains(String.valueOf(e.getSQLState()));
    }

    /** Of what the driver asks about the database. */
    ToolException readable(SQLException e) {
        if (watch.isCancelled() || watch.isTimedOut() || !isPostgres()) {
            return watch.readable(e);
        }
        if (isOfPreparedStatements(e)) {
            return connections.behindPooler(config, connection.source());
        }
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            // the driver has not read the rest of the row and would take it for an answer
            connection.isUnusable();
            return new ToolException(
                    "result_too_large",
                    "The database sent a row or a value that is too large to be read here. Select fewer or shorter"
                            + " columns, as with LEFT(column, 1000).");
        }
        return watch.readable(e);
    }

    /** Of the caller's statement. */
    ToolException readable(SQLException e, SqlStatement asked) {
        ToolException readable = readable(e);
        boolean marked = asked.parameters().isEmpty()
                && asked.sql().contains("?")
                && OF_MARKERS.contains(String.valueOf(e.getSQLState()));
        return marked && isPostgres()
                ? new ToolException(
                        "invalid_parameters",
                        readable.getMessage() + " If ? marks a value, give parameters one value for each ?; beside"
                                + " parameters the jsonb operators ?, ?| and ?& are written ??, ??| and ??&.",
                        e)
                : readable;
    }

    Dialect dialect() {
        return connection.database().profile().dialect();
    }

    private boolean isPostgres() {
        return dialect() == Dialect.POSTGRESQL;
    }
}
