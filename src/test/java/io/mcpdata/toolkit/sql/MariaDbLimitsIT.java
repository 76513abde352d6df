package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connection itself refuses and ends, without the guard, on a real MariaDB. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
@OnOneServer
@OnLiberty
class MariaDbLimitsIT {

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static final String SETTINGS =
            "SELECT @@SESSION.max_statement_time, @@SESSION.lock_wait_timeout," + " @@SESSION.innodb_lock_wait_timeout";

    private static ScheduledExecutorService scheduler;
    private static MariaDb mariadb;
    private static Connection owner;

    @BeforeAll
    static void start() throws SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        mariadb = MariaDb.start();
        mariadb.createDatabase("shop");
        owner = mariadb.owner("shop");
        execute("CREATE TABLE orders (id INT PRIMARY KEY)");
        execute("INSERT INTO orders VALUES (1)");
        mariadb.createUser("reader", "r", "SELECT ON shop.*");
        mariadb.createUser("writer", "w", "SELECT, INSERT, UPDATE, DELETE ON shop.*");
        mariadb.createUser("of_files", "f", "SELECT ON shop.*", "FILE ON *.*");
        mariadb.createUser("of_all", "a", "ALL PRIVILEGES ON *.*");
        mariadb.createUser("of_role", "o", "SELECT ON shop.*");
        execute("CREATE ROLE files");
        execute("GRANT FILE ON *.* TO files");
        execute("GRANT files TO 'of_role'@'127.0.0.1'");
        execute("SET DEFAULT ROLE files FOR 'of_role'@'127.0.0.1'");
    }

    @AfterAll
    static void stop() throws SQLException {
        owner.close();
        mariadb.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @ParameterizedTest
    @CsvSource({"of_files, f, FILE", "of_all, a, ALL PRIVILEGES", "of_role, o, FILE"})
    void accountWithMoreRightsThanReadingIsRefused(String account, String password, String right) {
        try (LogLines log = new LogLines();
                Asking asking = new Asking(account, password, Duration.ofSeconds(20))) {
            ToolException e = catchThrowableOfType(ToolException.class, () -> asking.run("SELECT 1"));
            assertThat(e.category()).isEqualTo("account_refused");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("its MariaDB account", "(" + right + ")", "allow_privileged_account: true");
        }
    }

    @Test
    void databaseItselfRefusesToWriteForEveryAccount() {
        try (Asking asking = new Asking("writer", "w", Duration.ofSeconds(20))) {
            assertThat(asking.run("SELECT id FROM orders")).isEqualTo("[[1]]");
            ToolException e = catchThrowableOfType(ToolException.class, () -> asking.run("DELETE FROM orders"));
            assertThat(e).hasMessageContaining("25006");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT id FROM orders", "EXPLAIN SELECT id FROM orders"})
    void statementThatWaitsForALockEndsAtItsTimeoutAndWhenCancelled(String sql) throws Exception {
        try (Asking asking = new Asking("reader", "r", Duration.ofSeconds(2))) {
            assertThat(asking.run("SELECT 1")).isEqualTo("[[1]]");
            lockedTable().endsAtItsTimeout(cancellation -> asking.run(sql, cancellation));
        }
        try (Asking asking = new Asking("reader", "r", Duration.ofMinutes(1))) {
            assertThat(asking.run("SELECT 1")).isEqualTo("[[1]]");
            lockedTable().endsWhenCancelled(cancellation -> asking.run(sql, cancellation));
        }
    }

    @Test
    void lookIsBoundedByTheDatabaseAndItsSettingsAreTakenBack() {
        try (Asking asking = new Asking("reader", "r", Duration.ofSeconds(20))) {
            String before = asking.plain(SETTINGS);
            assertThat(asking.look()).isNotEqualTo(before).isEqualTo("21.000000 21 21");
            assertThat(asking.plain(SETTINGS)).isEqualTo(before);
        }
    }

    @Test
    void commentStandsBeforeTheStatementAndMovesNoPlaceOfAnError() {
        try (Asking asking = new Asking("reader", "r", Duration.ofSeconds(20))) {
            assertThat(asking.commented("SELECT info FROM information_schema.processlist WHERE id = CONNECTION_ID()"))
                    .contains(" FOR /* request_id=0123456789abcdef01, traceparent=00-1a-2b-01 */ SELECT info FROM");
            ToolException e =
                    catchThrowableOfType(ToolException.class, () -> asking.commented("SELECT id,\n idd FROM orders"));
            assertThat(e).hasMessageContaining("line 2, column 2:\n idd FROM orders\n ^");
        }
    }

    private static LockedTable lockedTable() {
        return new LockedTable(MariaDbLimitsIT::locked, MariaDbLimitsIT::active, scheduler);
    }

    /** Another session holds the table until the connection is closed. */
    private static Connection locked() throws SQLException {
        Connection locking = mariadb.owner("shop");
        try (Statement sql = locking.createStatement()) {
            sql.execute("LOCK TABLES orders WRITE");
        }
        return locking;
    }

    /** Statements of the reader that run. */
    private static int active() throws SQLException {
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery("SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE user = 'reader' AND command = 'Query'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(String statement) throws SQLException {
        try (Statement sql = owner.createStatement()) {
            sql.execute(statement);
        }
    }

    /** The tools' classes over one connection, without the guard. */
    private static final class Asking implements AutoCloseable {

        private final ConnectionConfig config;
        private final Connections connections;
        private final SqlQueries queries;

        Asking(String user, String password, Duration timeout) {
            config = InMemoryConfiguration.connection("shop", mariadb.urlAs("shop", user, password), timeout, false);
            connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
            queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
        }

        String run(String sql) {
            return run(sql, new Cancellation());
        }

        String run(String sql, Cancellation cancellation) {
            return Json.write(queries.run(config, new SqlStatement(sql, List.of()), 10, 100_000, cancellation)
                    .getJsonArray("rows"));
        }

        String commented(String sql) {
            return Json.write(queries.commented(StatementComment.of("0123456789abcdef01", "00-1a-2b-01"))
                    .run(
                            InMemoryConfiguration.commented(config),
                            new SqlStatement(sql, List.of()),
                            10,
                            100_000,
                            new Cancellation())
                    .getJsonArray("rows"));
        }

        String plain(String sql) {
            return connections.use(config, new Cancellation(), connection -> row(connection.jdbc(), sql));
        }

        String look() {
            return queries.look(config, new Cancellation(), metadata -> row(metadata.getConnection(), SETTINGS));
        }

        private static String row(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1) + " " + row.getString(2) + " " + row.getString(3);
            }
        }

        @Override
        public void close() {
            connections.close();
        }
    }
}
