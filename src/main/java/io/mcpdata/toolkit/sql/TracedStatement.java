package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.tracing.StatementSpan;
import java.sql.SQLException;

/**
 * A statement with its span.
 *
 * @param connection its name in the configuration
 */
record TracedStatement(Dialect dialect, String connection, SqlStatement statement) {

    <T> T run(SqlMistakes.Run<T> run) throws SQLException {
        try (StatementSpan span = StatementSpan.begin(system(dialect), operation(), connection)) {
            try {
                return run.run();
            } catch (ToolException e) {
                span.failed(e.category());
                throw e;
            } catch (SQLException | RuntimeException | Error e) {
                span.failed(e.getClass().getName());
                throw e;
            }
        }
    }

    /** What the platform does: words of the statement could be the caller's. */
    private String operation() {
        return statement.sql().startsWith(SqlStatement.EXPLAIN) ? "explain" : "query";
    }

    /** The name of the product in the semantic conventions of OpenTelemetry. */
    static String system(Dialect dialect) {
        return switch (dialect) {
            case H2 -> "h2database";
            case POSTGRESQL -> "postgresql";
            case MYSQL -> "mysql";
            case MARIADB -> "mariadb";
            case SQLSERVER -> "microsoft.sql_server";
            case ORACLE -> "oracle.db";
            case TRINO -> "trino";
            case DUCKDB -> "duckdb";
            case UNKNOWN -> "other_sql";
        };
    }
}
