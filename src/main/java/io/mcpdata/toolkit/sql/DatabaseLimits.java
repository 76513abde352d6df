package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * How a database is told to end a statement by itself, in case no request to cancel reaches it: pgjdbc sends none while it
 * asks for the types of parameters, and nothing can be sent over a network that has gone dead. Each timeout is a little
 * longer than the connection's own, so that the caller hears of the timeout from {@link StatementTimeout}. Immutable.
 *
 * <p>PostgreSQL needs no {@code lock_timeout} beside {@code statement_timeout}, which counts the waiting too.
 *
 * @param endsForGoneClients PostgreSQL: whether a session can be told to end its statement when its client is gone
 * @param limitsTemporaryFiles PostgreSQL: whether the account may and should bound the temporary files of a statement
 * @param restoring MySQL, MariaDB: what gives a session the timeouts back that it had; empty elsewhere
 */
record DatabaseLimits(
        Dialect dialect, boolean endsForGoneClients, boolean limitsTemporaryFiles, List<String> restoring) {

    static final Duration MARGIN = Duration.ofSeconds(1);

    private static final String CLIENT_CHECK = "client_connection_check_interval";
    private static final int MOST_TEMPORARY_KILOBYTES = 1_048_576;

    DatabaseLimits {
        restoring = List.copyOf(restoring);
    }

    /** Asks in transactions that are rolled back. */
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

    /** Whether the database keeps the time of a statement that {@link #around} has gone around. */
    boolean areKept() {
        return switch (dialect) {
            case POSTGRESQL, MYSQL, MARIADB -> true;
            case H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> false;
        };
    }

    /** What begins a transaction in which the database refuses to write, where the driver does not see to that. */
    List<String> beginning() {
        return switch (dialect) {
            case MYSQL, MARIADB -> List.of("START TRANSACTION READ ONLY");
            case POSTGRESQL, H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> List.of();
        };
    }

    /** The statement with its timeout, where both can be sent as one. */
    String around(String sql, Duration timeout) {
        return switch (dialect) {
            // without a space: the position in the database's message counts from the semicolon
            case POSTGRESQL -> ofTransaction(timeout) + ";" + sql;
            case MARIADB -> "SET STATEMENT " + ofMySql("max_statement_time", seconds(timeout), timeout) + " FOR " + sql;
            case MYSQL, H2, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> sql;
        };
    }

    /** What sets the timeout of the statement to come, where {@link #around} does not. */
    List<String> beforeStatement(Duration timeout) {
        return dialect == Dialect.MYSQL ? beforeLook(timeout) : List.of();
    }

    /** What sets the timeout of the statements by which the driver looks around, to be taken back by {@link #restoring}. */
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

    /** Whether there is a row; what the query may set is undone. */
    private static boolean yields(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        } catch (SQLException e) {
            // not possible on the database's machine
            return false;
        } finally {
            connection.rollback();
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
