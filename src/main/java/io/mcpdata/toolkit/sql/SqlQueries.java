package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolException;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Runs guarded statements: read-only, never committed, bounded in time, rows and bytes, and cancellable. Thread-safe. */
final class SqlQueries {

    private static final String CANCELLED = "The query was cancelled.";

    private final Connections connections;
    private final SqlGuard guard = new SqlGuard();

    SqlQueries(Connections connections) {
        this.connections = connections;
    }

    JsonObject query(
            ConnectionConfig config, SqlStatement asked, int maxRows, int maxBytes, Cancellation cancellation) {
        return run(config, guarded(config, asked), maxRows, maxBytes, cancellation);
    }

    JsonObject explain(ConnectionConfig config, SqlStatement asked, int maxBytes, Cancellation cancellation) {
        String product = inside(config, connection -> connection.getMetaData().getDatabaseProductName());
        boolean known = switch (product.toLowerCase(Locale.ROOT)) {
            case "h2", "postgresql", "mysql", "mariadb" -> true;
            default -> false;
        };
        if (!known) {
            throw new ToolException("not_supported", "sql_explain does not support " + product + ".");
        }
        return run(config, guarded(config, asked).explained(), 1000, maxBytes, cancellation);
    }

    /** Does something with a connection, and rolls back whatever it did. */
    <T> T inside(ConnectionConfig config, Work<T> work) {
        try (Connection connection = connections.take(config)) {
            try {
                return work.with(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw readable(e, new Cancellation());
        }
    }

    /** Something done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private SqlStatement guarded(ConnectionConfig config, SqlStatement asked) {
        try {
            return asked.withSql(guard.check(asked.sql(), config.allowFunctions()));
        } catch (StatementRefused e) {
            throw new ToolException("statement_refused", "Statement refused: " + e.getMessage());
        }
    }

    private JsonObject run(
            ConnectionConfig config, SqlStatement asked, int maxRows, int maxBytes, Cancellation cancellation) {
        try (Connection connection = connections.take(config)) {
            try (PreparedStatement statement = connection.prepareStatement(asked.sql());
                    RunningStatement running = new RunningStatement(statement)) {
                asked.bind(statement);
                statement.setQueryTimeout((int) Math.max(1, config.timeout().toSeconds()));
                statement.setMaxRows(maxRows + 1);
                refuseCancelled(cancellation);
                cancellation.onCancel(running::cancel);
                refuseCancelled(cancellation);
                try (ResultSet rows = statement.executeQuery()) {
                    return new SqlResults(maxRows, maxBytes).read(rows);
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw readable(e, cancellation);
        }
    }

    private static void refuseCancelled(Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            throw new ToolException("cancelled", CANCELLED);
        }
    }

    private static ToolException readable(SQLException e, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            return new ToolException("cancelled", CANCELLED, e);
        }
        String state = String.valueOf(e.getSQLState());
        if (e instanceof java.sql.SQLTimeoutException || state.equals("57014")) {
            return new ToolException("timeout", "The query ran longer than this connection allows; narrow it down.", e);
        }
        return new ToolException(
                "sql_error", "The database refused the query (SQLSTATE " + state + "): " + SqlErrors.firstLine(e), e);
    }
}
