package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the error of a failed statement into the tool's error, and decides whether its connection can be used again.
 * Belongs to one call.
 */
final class StatementFailures {

    /** PostgreSQL: a prepared statement exists already, or does not. */
    private static final Set<String> OF_PREPARED_STATEMENTS = Set.of("42P05", "26000");

    /**
     * PostgreSQL: a statement has other parameters than its driver sends. Poolers use this SQLSTATE for lost sessions
     * too, so the message must name a statement as the driver does; its other words are in the database's language.
     */
    private static final String OTHER_PARAMETERS = "08P01";

    private static final Pattern PREPARED_STATEMENT = Pattern.compile("\\bS_\\d+\\b");

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
        String state = String.valueOf(e.getSQLState());
        return OF_PREPARED_STATEMENTS.contains(state)
                || (OTHER_PARAMETERS.equals(state)
                        && PREPARED_STATEMENT
                                .matcher(String.valueOf(e.getMessage()))
                                .find());
    }

    /** For an error of the driver's own queries about the database. */
    ToolException readable(SQLException e) {
        if (watch.isCancelled() || watch.isTimedOut() || !isPostgres()) {
            return watch.readable(e);
        }
        if (isOfPreparedStatements(e)) {
            return connections.behindPooler(config);
        }
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            // the driver has not read the rest of the row and would take it for the next answer
            connection.isUnusable();
            return new ToolException(
                    "result_too_large",
                    "The database sent a row or a value that is too large to be read here. Select fewer or shorter"
                            + " columns, as with LEFT(column, 1000).");
        }
        return watch.readable(e);
    }

    /** For an error of the caller's statement. */
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
