package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of the connection itself, with databases that need no server. */
@Timeout(60)
class ConnectionLimitsTest {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final InMemoryConfiguration configuration = InMemoryConfiguration.of();
    /** A busy machine can need seconds for the first connections; a caller with its whole share waits as long. */
    private final Connections connections = connections(Duration.ofSeconds(10));

    private final SqlQueries queries = queries(connections);
    /** For connections that cannot be opened: the pool tries until its longest wait ends. */
    private final Connections impatient = connections(Duration.ofSeconds(2));

    @AfterEach
    void close() {
        connections.close();
        impatient.close();
        threads.close();
        callers.shutdownNow();
        scheduler.shutdownNow();
    }

    @Test
    void administratorOfH2IsRefusedAndAReaderIsNot() throws SQLException {
        String url = "jdbc:h2:mem:walls";
        try (Connection owner = DriverManager.getConnection(url, "sa", "");
                Statement sql = owner.createStatement();
                LogLines log = new LogLines()) {
            sql.execute("CREATE USER reader PASSWORD 'r'");
            assertRefused(strict(url + ";USER=sa"));
            assertThat(log.lines()).singleElement().asString().contains("its H2 account", "(ADMIN)", "SELECT");

            assertThat(one(strict(url + ";USER=reader;PASSWORD=r"))).isEqualTo("[[1]]");
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void changedSwitchCountsForTheNextCall() throws SQLException {
        String url = "jdbc:h2:mem:switched;USER=sa";
        try (Connection owner = DriverManager.getConnection(url)) {
            assertThat(one(InMemoryConfiguration.connection("db", url))).isEqualTo("[[1]]");
            assertRefused(strict(url));
            assertThat(owner.isClosed()).isFalse();
        }
    }

    @Test
    void duckDbCanReachNoFileAndItsSettingsAreLocked(@TempDir Path folder) throws SQLException {
        String url = "jdbc:duckdb:" + folder.resolve("duck.db");
        try (Connection owner = DriverManager.getConnection(url);
                Statement sql = owner.createStatement()) {
            sql.execute("CREATE TABLE t AS SELECT 42 AS n");
            sql.execute("COPY t TO '" + folder.resolve("t.csv") + "'");
        }
        ConnectionConfig duck = strict(url);
        assertThat(run(duck, "SELECT n FROM t")).isEqualTo("[[42]]");
        for (String harm : List.of(
                "SELECT * FROM '" + folder.resolve("t.csv") + "'",
                "SELECT * FROM read_text('/etc/hostname')",
                "SET enable_external_access = true",
                "CREATE TABLE mine (n INT)")) {
            ToolException e = catchThrowableOfType(ToolException.class, () -> run(duck, harm));
            assertThat(e.category()).as(harm).isEqualTo("sql_error");
        }
    }

    @Test
    void duckDbThatIsOpenToFilesIsRefused(@TempDir Path folder) throws SQLException {
        String url = "jdbc:duckdb:" + folder.resolve("duck.db");
        DriverManager.getConnection(url).close();
        try (LogLines log = new LogLines()) {
            assertRefused(strict(url + ";enable_external_access=true;lock_configuration=false"));
            assertThat(log.lines()).singleElement().asString().contains("enable_external_access", "lock_configuration");
        }
    }

    @Test
    void driverThatCannotMakeAConnectionReadOnlyIsNotTakenForABusyOne(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("lite.db");
        try (Connection owner = DriverManager.getConnection(url);
                Statement sql = owner.createStatement()) {
            sql.execute("CREATE TABLE t (n INT)");
        }
        try (LogLines log = new LogLines()) {
            assertUnavailable(strict(url));
            assertThat(log.lines()).singleElement().asString().contains("read-only", "?open_mode=1");
        }
        assertThat(one(strict(url + "?open_mode=1"))).isEqualTo("[[1]]");
    }

    @ParameterizedTest
    @CsvSource({"error, AbstractMethodError", "runtime, IllegalStateException", "sql, SQLException"})
    void driverThatFailsInAnyWayIsNotAvailable(String kind, String cause) throws SQLException {
        Driver broken = new BrokenDriver();
        DriverManager.registerDriver(broken);
        try (LogLines log = new LogLines()) {
            assertUnavailable(strict("jdbc:broken:" + kind));
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("connection db (url) is not available") && line.contains(cause));
        } finally {
            DriverManager.deregisterDriver(broken);
        }
    }

    @Test
    void oneCallerLeavesConnectionsForOthers() throws Exception {
        ConnectionConfig db = InMemoryConfiguration.connection("db", "jdbc:h2:mem:shares");
        // the first statement takes longer
        assertThat(one(db)).isEqualTo("[[1]]");
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(CallerShares.MOST);
        List<Future<Boolean>> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                greedy.add(callers.submit(() -> connections.use(db, caller("api_key:greedy"), connection -> {
                    begun.countDown();
                    return await(end);
                })));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(Json.write(queries.by(facts("api_key:modest"))
                            .run(db, statement("SELECT 1"), 1, 1000, new Cancellation())
                            .getJsonArray("rows")))
                    .isEqualTo("[[1]]");
            assertThat(greedy)
                    .as("uses that the other caller did not wait for")
                    .filteredOn(use -> !use.isDone())
                    .hasSizeGreaterThanOrEqualTo(CallerShares.MOST);

            ToolException e = catchThrowableOfType(
                    ToolException.class, () -> connections.use(db, caller("api_key:greedy"), connection -> true));
            assertThat(e.category()).isEqualTo("connection_busy");
            assertThat(e)
                    .hasMessage("You have 6 statements running on db, the most that one caller may have there;"
                            + " wait until one of them ends.");
        } finally {
            end.countDown();
        }
        long served = 0;
        for (Future<Boolean> use : greedy) {
            served += catchThrowableOfType(java.util.concurrent.ExecutionException.class, use::get) == null ? 1 : 0;
        }
        assertThat(served).isEqualTo((long) CallerShares.MOST);
        boolean again = connections.use(db, caller("api_key:greedy"), connection -> true);
        assertThat(again).isTrue();
    }

    @Test
    void poolTellsItsConnectionsAndTheCallersThatWait() throws Exception {
        assertThat(connections.pools(PoolState::size)).as("not open yet").isEmpty();
        ConnectionConfig db = InMemoryConfiguration.connection("db", "jdbc:h2:mem:counted");
        assertThat(one(db)).isEqualTo("[[1]]");
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(ConnectionPools.SIZE);
        List<Future<Boolean>> uses = new ArrayList<>();
        for (int i = 0; i < ConnectionPools.SIZE + 3; i++) {
            SqlCaller caller = caller("api_key:" + i);
            uses.add(callers.submit(() -> connections.use(db, caller, connection -> {
                begun.countDown();
                return await(end);
            })));
        }
        try {
            assertThat(await(begun)).isTrue();
            Eventually.within(
                    Duration.ofSeconds(5),
                    "three callers wait",
                    () -> connections.pools(PoolState::waiting).equals(Map.of("db", 3)));
            assertThat(connections.pools(PoolState::open)).isEqualTo(Map.of("db", ConnectionPools.SIZE));
            assertThat(connections.pools(PoolState::size)).isEqualTo(Map.of("db", ConnectionPools.SIZE));
        } finally {
            end.countDown();
        }
        for (Future<Boolean> use : uses) {
            assertThat(use.get()).isTrue();
        }
        assertThat(connections.pools(PoolState::waiting)).isEqualTo(Map.of("db", 0));
    }

    @Test
    void shareIsOfOneCallerAndThePlatformItselfHasNone() {
        CallerShares shares = new CallerShares();
        for (int i = 0; i < CallerShares.MOST; i++) {
            assertThat(shares.take("a")).isTrue();
        }
        assertThat(shares.take("a")).isFalse();
        assertThat(shares.take("b")).isTrue();
        shares.giveBack("a");
        assertThat(shares.take("a")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(shares.take("")).as("the platform itself").isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SqlCaller caller(String identity) {
        return new SqlCaller(facts(identity), new Cancellation());
    }

    private static CallerFacts facts(String identity) {
        return new CallerFacts(identity, identity, "", List.of(), path -> List.of());
    }

    private static ConnectionConfig strict(String url) {
        return InMemoryConfiguration.connection("db", url, Duration.ofSeconds(20), false);
    }

    private void assertRefused(ConnectionConfig config) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> one(config));
        assertThat(e.category()).isEqualTo("account_refused");
    }

    private void assertUnavailable(ConnectionConfig config) {
        SqlQueries refused = queries(impatient);
        ToolException e = catchThrowableOfType(ToolException.class, () -> run(refused, config, "SELECT 1"));
        assertThat(e.category()).isEqualTo("connection_unavailable");
        assertThat(e).hasMessage("The connection db is not available right now.");
    }

    private String one(ConnectionConfig config) {
        return run(config, "SELECT 1");
    }

    private String run(ConnectionConfig config, String sql) {
        return run(queries, config, sql);
    }

    private String run(SqlQueries on, ConnectionConfig config, String sql) {
        configuration.change(config);
        return Json.write(
                on.run(config, statement(sql), 10, 10_000, new Cancellation()).getJsonArray("rows"));
    }

    private Connections connections(Duration longestWait) {
        return new Connections(configuration, Runnable::run, threads.aborting(), longestWait);
    }

    private SqlQueries queries(Connections from) {
        return new SqlQueries(from, StatementTimeout.Threads.of(() -> scheduler, threads));
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, List.of());
    }

    /** Fails as drivers do that lack a method, or that check nothing. */
    private static final class BrokenDriver implements Driver {

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            switch (url) {
                case "jdbc:broken:error" -> throw new AbstractMethodError("as if");
                case "jdbc:broken:runtime" -> throw new IllegalStateException("as if");
                default -> throw new SQLException("as if");
            }
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:broken:");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
