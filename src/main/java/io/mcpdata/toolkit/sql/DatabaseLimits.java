package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * How a database is told to end a statement by itself, in case no request to cancel reaches it: pgjdbc sends none while
 * it asks for the types of parameters, and a dead network carries none. Each timeout is a little longer than the
 * connection's own, so that {@link StatementTimeout} reports the timeout to the caller. Immutable.
 *
 * <p>PostgreSQL needs no {@code lock_timeout} beside {@code statement_timeout}, which includes the time spent waiting
 * for locks.
 *
 * @param endsForGoneClients PostgreSQL: whether a session can be told to end its statement when its client has
 *     disconnected
 * @param limitsTemporaryFiles PostgreSQL: whether the account may and should limit the temporary files of a statement
 * @param restoring MySQL, MariaDB: statements that restore a session's former timeouts; empty elsewhere
 */
record DatabaseLimits(
        Dialect dialect, boolean endsForGoneClients, boolean limitsTemporaryFiles, List<String> restoring) {

    static final Duration MARGIN = Duration.ofSeconds(1);

    private static final String CLIENT_CHECK = "client_connection_check_interval";
    private static final int MOST_TEMPORARY_KILOBYTES = 1_048_576;

    DatabaseLimits {
        restoring = List.copyOf(restoring);
    }

    /** Queries in a transaction that the caller rolls back. */
    static DatabaseLimits read(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL ->
                new DatabaseLimits(
                        dialect,
                        yields(
                                connection,
                                "SELECT set_config(name, '1000', true) FROM pg_catalog.pg_settings WHERE name = '"
                                        + CLIENT_CHECK + "'"),
                        yields(
                                connection,
                                "SELECT 1 FROM pg_catalog.pg_settings s, pg_catalog.pg_roles r"
                                        + " WHERE s.name = 'temp_file_limit' AND r.rolname = current_user AND r.rolsuper"
                                        + " AND (s.setting = '-1' OR s.setting::bigint > " + MOST_TEMPORARY_KILOBYTES
                                        + ")"),
                        List.of());
            case MYSQL -> new DatabaseLimits(dialect, false, false, restoring(connection, "max_execution_time"));
            case MARIADB -> new DatabaseLimits(dialect, false, false, restoring(connection, "max_statement_time"));
            case H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> new DatabaseLimits(dialect, false, false, List.of());
        };
    }

    /** Whether the database itself enforces the timeout of a statement from {@link #around}. */
    boolean areKept() {
        return switch (dialect) {
            case POSTGRESQL, MYSQL, MARIADB -> true;
            case H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> false;
        };
    }

    /**
     * Statements that begin a transaction in which the database refuses to write, where the driver does not send them.
     */
    List<String> beginning() {
        return switch (dialect) {
            case MYSQL, MARIADB -> List.of("START TRANSACTION READ ONLY");
            case POSTGRESQL, H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> List.of();
        };
    }

    /** The statement with its timeout, where one request can contain both. */
    String around(String sql, Duration timeout) {
        return switch (dialect) {
            // without a space: the position in the database's message counts from the semicolon
            case POSTGRESQL -> ofTransaction(timeout) + ";" + sql;
            case MARIADB -> "SET STATEMENT " + ofMySql("max_statement_time", seconds(timeout), timeout) + " FOR " + sql;
            case MYSQL, H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> sql;
        };
    }

    /** Statements that set the timeout of the next statement, where {@link #around} does not. */
    List<String> beforeStatement(Duration timeout) {
        return dialect == Dialect.MYSQL ? beforeLook(timeout) : List.of();
    }

    /** Statements that set the timeout of the driver's own queries; {@link #restoring} undoes them. */
    List<String> beforeLook(Duration timeout) {
        return switch (dialect) {
            case POSTGRESQL ->
                List.of(ofTransaction(timeout) + (endsForGoneClients ? "; SET LOCAL " + CLIENT_CHECK + " = 1000" : ""));
            case MYSQL -> List.of("SET SESSION " + ofMySql("max_execution_time", millis(timeout), timeout));
            case MARIADB -> List.of("SET SESSION " + ofMySql("max_statement_time", seconds(timeout), timeout));
            case H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> List.of();
        };
    }

    private String ofTransaction(Duration timeout) {
        return "SET LOCAL statement_timeout = " + Math.min(Integer.MAX_VALUE, millis(timeout))
                + (limitsTemporaryFiles ? "; SET LOCAL temp_file_limit = " + MOST_TEMPORARY_KILOBYTES : "");
    }

    private static String ofMySql(String variable, long value, Duration timeout) {
        return variable + " = " + value + ", lock_wait_timeout = " + seconds(timeout) + ", innodb_lock_wait_timeout = "
                + seconds(timeout);
    }

    private static long millis(Duration timeout) {
        return timeout.plus(MARGIN).toMillis();
    }

    private static long seconds(Duration timeout) {
        return timeout.plus(MARGIN).plusMillis(999).toSeconds();
    }

    /** Whether the query gives a row; settings that the query changes are undone. */
    private static boolean yields(Connection connection, String query) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        } catch (SQLException e) {
            // not supported by the operating system of the database
            return false;
        } finally {
            connection.rollback(before);
        }
    }

    private static List<String> restoring(Connection connection, String variable) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT @@SESSION." + variable
                        + ", @@SESSION.lock_wait_timeout, @@SESSION.innodb_lock_wait_timeout")) {
            rows.next();
            return List.of(
                    "SET SESSION " + variable + " = " + rows.getBigDecimal(1).toPlainString()
                            + ", lock_wait_timeout = " + rows.getLong(2)
                            + ", innodb_lock_wait_timeout = " + rows.getLong(3));
        }
    }
}
