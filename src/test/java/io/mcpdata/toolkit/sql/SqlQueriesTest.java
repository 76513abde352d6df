package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueriesTest {

    private static final String URL = "jdbc:h2:mem:queries;USER=sa;PASSWORD=s3cret-of-the-pool";
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM numbers a, numbers b, numbers c WHERE a.n + b.n + c.n < 0";

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ConnectionConfig h2 = InMemoryConfiguration.connection("h2", URL);
    private final InMemoryConfiguration configuration = InMemoryConfiguration.of(h2);
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final Connections connections =
            new Connections(configuration, Runnable::run, threads.aborting(), Duration.ofSeconds(30));
    private final SqlQueries queries =
            new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads));
    private Connection owner;

    @BeforeEach
    void fill() throws SQLException {
        owner = DriverManager.getConnection(URL);
        try (Statement sql = owner.createStatement()) {
            sql.execute("DROP ALL OBJECTS");
            sql.execute("CREATE TABLE numbers (n INT PRIMARY KEY) AS SELECT X FROM SYSTEM_RANGE(1, 5000)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connections.close();
        owner.close();
        threads.close();
        scheduler.shutdownNow();
    }

    @Test
    void givesColumnsWithTypesAndRows() {
        JsonObject result = query("SELECT n AS \"Number\", n * 2 FROM numbers WHERE n < 3 ORDER BY n");
        assertThat(result)
                .isEqualTo(Json.readObject("{\"columns\":[{\"name\":\"Number\",\"type\":\"INTEGER\"},"
                        + "{\"name\":\"N * 2\",\"type\":\"INTEGER\"}],\"rows\":[[1,2],[2,4]],\"rowCount\":2,"
                        + "\"truncated\":false}"));
    }

    @Test
    void aDatabaseIsKnownOnceItsConnectionIsUsedUntilItsEntryChanges() {
        assertThat(connections.known(h2)).isEmpty();
        query("SELECT 1");
        assertThat(connections.known(h2).map(DatabaseProfile::product)).contains("H2");
        configuration.change();
        connections.retireChanged();
        assertThat(connections.known(h2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, 9, true", "10, 10, false", "11, 10, false", "1, 1, true"})
    void aRowLimitCutsAndSaysSo(int limit, int rows, boolean truncated) {
        JsonObject result = run("SELECT n FROM numbers WHERE n <= 10", limit, 100_000);
        assertThat(result.getInt("rowCount")).isEqualTo(rows);
        assertThat(result.getJsonArray("rows")).hasSize(rows);
        assertThat(result.getBoolean("truncated")).isEqualTo(truncated);
        assertThat(result.getString("truncatedBy", "")).isEqualTo(truncated ? "rows" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'abcdefghij'", "'\u00e4\u00f6\u00fc\u00df'", "'\ud83d\ude00'", "'\"\"\"'", "n", "1.5"})
    void aByteLimitHoldsForTheJsonInUtf8(String value) {
        JsonObject result = run("SELECT " + value + ", n FROM numbers", 5000, 2_000);
        int size = Json.write(result).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        assertThat(size).isBetween(1_500, 2_000);
        assertThat(result.getString("truncatedBy")).isEqualTo("bytes");
    }

    @Test
    void aRowLargerThanTheLimitIsLeftOut() {
        JsonObject result = run("SELECT LPAD('x', 900), LPAD('y', 900) FROM numbers", 10, 1_000);
        assertThat(result.getInt("rowCount")).isZero();
        assertThat(result.getString("truncatedBy")).isEqualTo("bytes");
    }

    @Test
    void twoColumnsOfOneNameKeepTheirValues() {
        JsonObject result = query("SELECT a.n, b.n FROM numbers a JOIN numbers b ON b.n = a.n + 1 WHERE a.n = 1");
        assertThat(Json.write(result.getJsonArray("rows"))).isEqualTo("[[1,2]]");
        assertThat(result.getJsonArray("columns")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_500})
    void aQueryThatRunsTooLongEndsAndIsReportedAsTimeout(long millis) {
        ConnectionConfig hasty = InMemoryConfiguration.connection("h2", URL, Duration.ofMillis(millis));
        long started = System.nanoTime();
        ToolException e = catchThrowableOfType(
                ToolException.class, () -> queries.query(hasty, statement(ENDLESS), 10, 1000, new Cancellation()));
        assertThat(e.category()).isEqualTo("timeout");
        assertThat(e.getMessage()).contains(millis / 1000.0 + " seconds");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 30_000));
        assertNothingRuns();
    }

    @Test
    void cancellingReachesTheRunningStatement() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<ToolException> failure = scheduler.submit(() -> catchThrowableOfType(
                ToolException.class, () -> queries.query(h2, statement(ENDLESS), 10, 1000, cancellation)));
        while (running() == 0) {
            Thread.sleep(10);
        }
        cancellation.cancel();
        assertThat(failure.get(15, TimeUnit.SECONDS).category()).isEqualTo("cancelled");
        assertNothingRuns();
    }

    @Test
    void whatIsCancelledBeforeItBeginsDoesNotRun() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        ToolException e = catchThrowableOfType(
                ToolException.class, () -> queries.query(h2, statement(ENDLESS), 10, 1000, cancellation));
        assertThat(e.category()).isEqualTo("cancelled");
    }

    @Test
    void aConnectionComesBackCleanAfterEveryOutcome() {
        for (int i = 0; i < 3 * ConnectionPools.SIZE; i++) {
            query("SELECT 1");
            assertThatThrownBy(() -> query("SELECT nowhere")).isInstanceOf(ToolException.class);
            assertThatThrownBy(() -> query("SELECT ?")).isInstanceOf(ToolException.class);
            assertThatThrownBy(() -> query("DROP TABLE numbers")).isInstanceOf(ToolException.class);
        }
        assertThat(query("SELECT COUNT(*) FROM numbers")
                        .getJsonArray("rows")
                        .getJsonArray(0)
                        .getInt(0))
                .isEqualTo(5000);
    }

    @Test
    void everyChangeOfAStatementIsRolledBack() throws SQLException {
        connections.use(h2, new Cancellation(), connection -> {
            try (Statement sql = connection.jdbc().createStatement()) {
                return sql.executeUpdate("DELETE FROM numbers");
            }
        });
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery("SELECT COUNT(*) FROM numbers")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(5000);
        }
    }

    @Test
    void bindsParametersBesideTheText() {
        JsonObject result = query(
                "SELECT ? || 'x', CAST(? AS INT) + 1, CAST(? AS DECIMAL(10, 2)), CAST(? AS BOOLEAN), CAST(? AS VARCHAR)",
                "[\"'; DROP TABLE numbers --\", 41, 1.25, true, null]");
        assertThat(Json.write(result.getJsonArray("rows")))
                .isEqualTo("[[\"'; DROP TABLE numbers --x\",42,1.25,true,null]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | [1] | has 0 parameter markers (?), but parameters has 1 values",
                "SELECT n FROM numbers WHERE n = ? | [] | has 1 parameter markers (?), but parameters has 0 values",
                "SELECT n FROM numbers WHERE n = ? | [1,2] | has 1 parameter markers (?), but parameters has 2 values",
                "SELECT n FROM numbers WHERE n = ? | [[1]] | A parameter is a string, a number, true, false or null",
                "SELECT n FROM numbers WHERE n = ? | [1e999999999] | at most 1000 digits",
                "SELECT n FROM numbers WHERE n = ? | [1e-999999999] | at most 1000 digits"
            })
    void aWrongParameterIsExplained(String sql, String parameters, String message) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> query(sql, parameters));
        assertThat(e.category()).isEqualTo("invalid_parameters");
        assertThat(e.getMessage()).contains(message);
    }

    @Test
    void anErrorOfTheDatabaseIsToldWithItsState() {
        ToolException e = catchThrowableOfType(ToolException.class, () -> query("SELECT nowhere FROM numbers"));
        assertThat(e.category()).isEqualTo("sql_error");
        assertThat(e)
                .hasMessage("The database refused the query (SQLSTATE 42S22): Column \"NOWHERE\" not found\n"
                        + "line 1, column 8:\nSELECT nowhere FROM numbers\n       ^\n"
                        + "sql_describe_table names the columns of a table.");
    }

    @Test
    void aLostConnectionTellsNothingAboutItsAddress() throws SQLException {
        try (Statement sql = owner.createStatement()) {
            sql.execute("CREATE ALIAS BANG AS 'int bang() throws Exception { throw new java.sql.SQLException("
                    + "\"Connection to db.internal:5432 refused, jdbc:h2:mem:x;PASSWORD=hunter2\", \"08006\"); }'");
        }
        ToolException e = catchThrowableOfType(ToolException.class, () -> query("SELECT BANG()"));
        assertThat(e.getMessage()).doesNotContain("internal", "5432", "hunter2", "jdbc:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "could not open jdbc:postgresql://db:5432/x?password=hunter2 now|could not open [url] now",
                "no route to postgresql://u:hunter2@db|no route to [url]",
                "bad Password = hunter2, sorry|bad Password = [redacted] sorry",
                "Tabelle \u00bbGr\u00f6\u00dfe\u00ab fehlt|Tabelle \u00bbGr\u00f6\u00dfe\u00ab fehlt"
            })
    void errorTextLosesAddressesAndSecrets(String message, String shown) {
        assertThat(SqlErrors.firstLine(new SQLException(message))).isEqualTo(shown);
    }

    @Test
    void errorTextIsOneBoundedLineWithoutControlCharacters() {
        assertThat(SqlErrors.firstLine(new SQLException("a\u001b[31m\u202eb\u0000" + "c".repeat(900) + "\nsecond")))
                .startsWith("a?[31m?b?c")
                .hasSize(300);
    }

    @Test
    void aDatabaseThatIsNotThereIsNotAvailableAndTellsNoMore() {
        String url = "jdbc:h2:tcp://127.0.0.1:1/nowhere;PASSWORD=hunter2";
        ConnectionConfig gone = InMemoryConfiguration.connection("gone", url);
        configuration.change(gone);
        // a pool that gives up before the driver's first answer could only say that it is busy
        try (Connections patient = new Connections(configuration, Runnable::run, threads.aborting())) {
            SqlQueries there = new SqlQueries(patient, StatementTimeout.Threads.of(() -> scheduler, threads));
            ToolException e = catchThrowableOfType(
                    ToolException.class, () -> there.query(gone, statement("SELECT 1"), 1, 1000, new Cancellation()));
            assertThat(e.category()).isEqualTo("connection_unavailable");
            assertThat(e).hasMessage("The connection gone is not available right now.");
        }
    }

    @Test
    void anExhaustedPoolSaysThatItIsBusy() throws Exception {
        CountDownLatch begun = new CountDownLatch(ConnectionPools.SIZE);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<Boolean>> uses = new ArrayList<>();
        ExecutorService callers = Executors.newCachedThreadPool();
        try (Connections hasty =
                new Connections(configuration, Runnable::run, threads.aborting(), Duration.ofSeconds(1))) {
            SqlQueries there = new SqlQueries(hasty, StatementTimeout.Threads.of(() -> scheduler, threads));
            try {
                for (int i = 0; i < ConnectionPools.SIZE; i++) {
                    uses.add(callers.submit(() -> hold(hasty, begun, end)));
                }
                await(begun);
                ToolException e = catchThrowableOfType(
                        ToolException.class, () -> there.query(h2, statement("SELECT 1"), 1, 1000, new Cancellation()));
                assertThat(e.category()).isEqualTo("connection_busy");
                assertThat(e).hasMessage("All 8 database connections of h2 are in use; try again in a moment.");
            } finally {
                end.countDown();
                callers.shutdown();
            }
            for (Future<Boolean> use : uses) {
                assertThat(use.get(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(there.query(h2, statement("SELECT 1"), 1, 1000, new Cancellation())
                            .getInt("rowCount"))
                    .isEqualTo(1);
        }
    }

    /** Tries again while the pool is still opening its connections on a slow machine. */
    private boolean hold(Connections pool, CountDownLatch begun, CountDownLatch end) throws SQLException {
        while (true) {
            try {
                return pool.use(h2, new Cancellation(), connection -> {
                    begun.countDown();
                    await(end);
                    return true;
                });
            } catch (ToolException e) {
                assertThat(e.category()).isEqualTo("connection_busy");
            }
        }
    }

    @Test
    void aChangedEntryLetsRunningStatementsEnd() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Future<Integer> answer = scheduler.submit(() -> connections.use(h2, new Cancellation(), connection -> {
            inside.countDown();
            await(changed);
            try (Statement sql = connection.jdbc().createStatement();
                    ResultSet row = sql.executeQuery("SELECT MAX(n) FROM numbers")) {
                row.next();
                return row.getInt(1);
            }
        }));
        await(inside);
        configuration.change();
        connections.retireChanged();
        assertThat(openSessions()).isGreaterThan(1);
        changed.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(5000);
        assertOnlyTheOwnerIsConnected();
    }

    @Test
    void closingLeavesNoConnectionAndNoThreadBehind() throws Exception {
        query("SELECT 1");
        connections.close();
        assertOnlyTheOwnerIsConnected();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.isAlive() && thread.getName().startsWith("connection-h2"))
                .isEmpty();
    }

    /** An embedded database closes when a statement needs more memory than there is. */
    @Test
    void theDemoWarehouseComesBackAfterItsDatabaseWasClosed() {
        ConnectionConfig demo = new ConnectionConfig(
                "demo", "", new ConnectionSource.Demo("retail"), 10, Duration.ofSeconds(20), java.util.Set.of());
        configuration.change(demo);
        SqlStatement count = statement("SELECT COUNT(*) FROM orders");
        JsonObject before = queries.query(demo, count, 1, 1000, new Cancellation());
        connections.use(demo, new Cancellation(), connection -> {
            ((SessionLocal) connection.jdbc().unwrap(JdbcConnection.class).getSession())
                    .getDatabase()
                    .shutdownImmediately();
            return true;
        });
        assertThatThrownBy(() -> queries.query(demo, count, 1, 1000, new Cancellation()))
                .isInstanceOf(ToolException.class);
        assertThat(queries.query(demo, count, 1, 1000, new Cancellation())).isEqualTo(before);
    }

    @Test
    void commentStandsBeforeTheStatementAndMovesNoPlaceOfAnError() {
        SqlQueries traced = queries.commented(StatementComment.of("0123456789abcdef01", "00-1a-2b-01"));
        ConnectionConfig commented = InMemoryConfiguration.commented(h2);
        SqlStatement own = statement(
                "SELECT executing_statement FROM information_schema.sessions" + " WHERE session_id = session_id()");
        JsonObject shown = traced.run(commented, own, 1, 10_000, new Cancellation());
        assertThat(Json.write(shown))
                .contains(
                        "[[\"/* request_id=0123456789abcdef01, traceparent=00-1a-2b-01 */ SELECT executing_statement");
        assertThat(Json.write(traced.run(h2, own, 1, 10_000, new Cancellation())))
                .contains("[[\"SELECT executing_statement");
        SqlStatement wrong = statement("SELECT n,\n numbr FROM numbers");
        for (ConnectionConfig connection : List.of(h2, commented)) {
            assertThatThrownBy(() -> traced.query(connection, wrong, 1, 1000, new Cancellation()))
                    .hasMessageContaining("line 2, column 2:\n numbr FROM numbers\n ^");
        }
        JsonObject plan = traced.explain(commented, statement("SELECT n FROM numbers"), 10_000, new Cancellation());
        assertThat(Json.write(plan)).contains("NUMBERS");
    }

    @Test
    void explainsWithoutRunning() {
        JsonObject plan = queries.explain(h2, statement(ENDLESS), 100_000, new Cancellation());
        assertThat(Json.write(plan.getJsonArray("rows"))).contains("NUMBERS");
        assertThatThrownBy(() -> queries.explain(h2, statement("DELETE FROM numbers"), 1000, new Cancellation()))
                .hasMessageContaining("Statement refused");
    }

    @Test
    void findsTheApplicationsOwnDrivers() {
        assertThat(ConnectionPools.driverFor("jdbc:postgresql://h/d")).contains("org.postgresql.Driver");
        assertThat(ConnectionPools.driverFor("jdbc:h2:mem:x")).contains("org.h2.Driver");
        assertThat(ConnectionPools.driverFor("jdbc:unheard-of:x")).isEmpty();
    }

    private JsonObject query(String sql) {
        return run(sql, 1000, 1_000_000);
    }

    private JsonObject query(String sql, String parameters) {
        JsonArray values = Json.readObject("{\"p\":" + parameters + "}").getJsonArray("p");
        return queries.query(h2, new SqlStatement(sql, values), 1000, 1_000_000, new Cancellation());
    }

    private JsonObject run(String sql, int maxRows, int maxBytes) {
        return queries.query(h2, statement(sql), maxRows, maxBytes, new Cancellation());
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, List.of());
    }

    private void assertNothingRuns() {
        assertThat(running()).isZero();
    }

    private void assertOnlyTheOwnerIsConnected() throws InterruptedException {
        for (int i = 0; i < 100 && openSessions() > 1; i++) {
            Thread.sleep(50);
        }
        assertThat(openSessions()).isEqualTo(1);
    }

    private int running() {
        return sessions("WHERE executing_statement LIKE '%numbers a, numbers b%' AND session_id <> SESSION_ID()");
    }

    private int openSessions() {
        return sessions("");
    }

    private int sessions(String where) {
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery("SELECT COUNT(*) FROM information_schema.sessions " + where)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }
}
