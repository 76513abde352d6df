package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonArray;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the connection itself refuses and ends, without the guard, on a real PostgreSQL. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
class PostgresLimitsIT {

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);
    private static final String LOCKED = "locked_table";

    private static ScheduledExecutorService scheduler;
    private static EmbeddedPostgres postgres;
    private static Connection owner;

    @BeforeAll
    static void start() throws IOException, SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        postgres = LocalPostgres.start();
        owner = postgres.getPostgresDatabase().getConnection();
        execute("CREATE ROLE reader LOGIN");
        execute("CREATE TABLE " + LOCKED + " (n int PRIMARY KEY)");
        execute("CREATE TABLE documents AS SELECT '{\"a\": 1}'::jsonb AS doc");
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
        execute("CREATE ROLE of_files LOGIN NOINHERIT IN ROLE pg_read_server_files");
        execute("CREATE ROLE of_programs LOGIN IN ROLE pg_execute_server_program");
        execute("CREATE DATABASE linked");
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        owner.close();
        postgres.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT n FROM locked_table | []",
                "SELECT n FROM locked_table WHERE n = ? | [1]",
            })
    void statementThatWaitsForALockEndsAtItsTimeoutAndWhenCancelled(String sql, String parameters) throws Exception {
        try (Asking asking = asking("reader", Duration.ofSeconds(2))) {
            asking.query("SELECT 1", "[]");
            lockedTable().endsAtItsTimeout(cancellation -> asking.query(sql, parameters, cancellation));
        }
        try (Asking asking = asking("reader", Duration.ofMinutes(1))) {
            asking.query("SELECT 1", "[]");
            lockedTable().endsWhenCancelled(cancellation -> asking.query(sql, parameters, cancellation));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lookAtTablesThatWaitsForALockEndsAtItsTimeoutAndWhenCancelled(boolean describing) throws Exception {
        try (Asking asking = asking("reader", Duration.ofSeconds(2))) {
            asking.query("SELECT 1", "[]");
            lockedTable().endsAtItsTimeout(cancellation -> asking.look(describing, cancellation));
        }
        try (Asking asking = asking("reader", Duration.ofMinutes(1))) {
            asking.query("SELECT 1", "[]");
            lockedTable().endsWhenCancelled(cancellation -> asking.look(describing, cancellation));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SELECT 1 | [] | 2", "SELECT CAST(? AS INT) + 1 | [41] | 2"})
    void queryCostsFewRoundTrips(String sql, String parameters, int most) throws Exception {
        try (CountingProxy network = new CountingProxy(postgres.getPort());
                Asking asking = new Asking(url("reader", network.port()), Duration.ofSeconds(20))) {
            for (int i = 0; i < 10; i++) {
                asking.query(sql, parameters);
            }
            int before = network.roundTrips();
            for (int i = 0; i < 10; i++) {
                asking.query(sql, parameters);
            }
            assertThat(network.roundTrips() - before).isLessThanOrEqualTo(10 * most);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, superuser",
        "of_files, member of pg_read_server_files",
        "of_programs, member of pg_execute_server_program"
    })
    void accountWithMoreRightsThanReadingIsRefused(String account, String right) {
        try (LogLines log = new LogLines();
                Asking asking = asking(account, Duration.ofSeconds(20))) {
            assertRefused(asking);
            assertRefused(asking);
            assertThat(log.lines())
                    .as("one line for both")
                    .singleElement()
                    .asString()
                    .startsWith("SEVERE connection pg: its PostgreSQL account")
                    .contains(right, "SELECT", "connections.pg.allow_privileged_account: true");
        }
    }

    @Test
    void privilegedAccountIsLoggedOnceAsAWarningWhereItIsAllowed() {
        try (LogLines log = new LogLines();
                Asking asking = Asking.privileged("postgres")) {
            for (int i = 0; i < 3; i++) {
                assertThat(asking.query("SELECT 1", "[]")).isEqualTo("[[1]]");
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING connection pg: its PostgreSQL account")
                    .contains("superuser", "allow_privileged_account: true");
        }
    }

    @Test
    void accountThatMayUseDblinkIsRefusedUntilTheRightIsTakenAway() throws Exception {
        try (Connection linked = postgres.getDatabase("postgres", "linked").getConnection();
                Statement sql = linked.createStatement();
                LogLines log = new LogLines();
                Asking asking = new Asking(
                        url("reader", postgres.getPort()).replace("/postgres?", "/linked?"), Duration.ofSeconds(20))) {
            sql.execute("CREATE EXTENSION dblink");
            assertRefused(asking);
            assertThat(log.lines()).singleElement().asString().contains("EXECUTE on dblink_exec", "PUBLIC");

            sql.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC");

            assertThat(asking.query("SELECT 1", "[]")).isEqualTo("[[1]]");
        }
    }

    private static void assertRefused(Asking asking) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> asking.query("SELECT 1", "[]"));
        assertThat(e.category()).isEqualTo("account_refused");
        assertThat(e)
                .hasMessage("The connection pg is switched off because of its database account."
                        + " Tell the operator of this server: its log says why.");
    }

    @Test
    void profileIsReadOnceAndKnownWithoutAnotherConnection() {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            DatabaseProfile profile = asking.connections.profile(asking.config, SqlCaller.platform(new Cancellation()));
            assertThat(profile.dialect()).isEqualTo(Dialect.POSTGRESQL);
            assertThat(asking.connections.profile(asking.config, SqlCaller.platform(new Cancellation())))
                    .isSameAs(profile);
        }
    }

    /** Advisory locks outlive a transaction. */
    @Test
    void sessionOfAPrivilegedAccountIsNeverGivenToTheNextCaller() throws Exception {
        try (Asking asking = Asking.privileged("postgres")) {
            asking.use("SELECT pg_advisory_lock(4711)");
            assertSoonNoRow("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'");
        }
    }

    @Test
    void settingsOfACallerAreUndoneWithItsTransaction() {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            String before = asking.use("SHOW work_mem");
            asking.use("SELECT set_config('work_mem', '64kB', false)");
            assertThat(asking.use("SHOW work_mem")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT doc ? 'a' FROM documents | [] | [[true]]",
                "SELECT doc ?? 'a' FROM documents WHERE 1 = ? | [1] | [[true]]",
                "SELECT doc ?? 'a', '??', '?' FROM documents | [] | [[true,\"??\",\"?\"]]",
            })
    void operatorsOfJsonbThatLookLikeMarkersAreRun(String sql, String parameters, String rows) {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            assertThat(asking.query(sql, parameters)).isEqualTo(rows);
        }
    }

    /**
     * Texts that the driver ends at another place than the database, so that it replaces an escape of JDBC in them and a part
     * of a text becomes SQL.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ? AS z, e'a'\n'\\' {oj x\\}' AS a, ' , current_user AS b, ' AS c, ' AS e -- '",
                "SELECT '?' AS z, e'a'\n'\\' {oj x\\}' AS a, ' , current_user AS b, ' AS c, ' AS e -- '",
                "SELECT ? AS z, e'a'\n'\\' {fn left(x,y)\\}' AS a, ' , current_user AS b, ' AS c, ' AS e -- '"
            })
    void textStaysATextIfTheDriverReadsItDifferently(String sql) {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            for (String parameters : new String[] {"[]", "[\"x\"]"}) {
                Throwable e = catchThrowable(() -> asking.query(sql, parameters));
                assertThat(e).as(parameters).isInstanceOf(ToolException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT doc FROM documents WHERE doc = ? | [] | give parameters one value for each ?",
                "SELECT doc FROM documents WHERE doc = ? | [] | are written ??",
                "SELECT doc FROM documents WHERE doc = ? | [1, 2] | has 1 parameter markers (?), but parameters has 2",
                "SELECT doc FROM documents WHERE 1 = ? AND 2 = ? | [1] | has 2 parameter markers (?), but parameters has 1",
                "SELECT doc FROM documents | [1] | has 0 parameter markers (?), but parameters has 1 values",
            })
    void markersAndValuesThatDoNotMatchAreExplained(String sql, String parameters, String message) {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            ToolException e = catchThrowableOfType(ToolException.class, () -> asking.query(sql, parameters));
            assertThat(e.category()).isEqualTo("invalid_parameters");
            assertThat(e).hasMessageContaining(message);
        }
    }

    /** As an administrator ends it, or a restart of the database. */
    @Test
    void sessionThatIsEndedInMidQueryIsOneErrorAndTheNextQueryIsFine() throws Exception {
        try (Asking asking = asking("reader", Duration.ofSeconds(60))) {
            asking.query("SELECT 1", "[]");
            CompletableFuture<ToolException> error = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    ToolException.class,
                    () -> asking.query(
                            "SELECT COUNT(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b", "[]")));
            String running = " FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'"
                    + " AND query LIKE '%generate_series%'";
            Eventually.within(Duration.ofSeconds(20), "it runs", () -> count(running) == 1);

            execute("SELECT pg_terminate_backend(pid)" + running);

            assertThat(error.get(20, TimeUnit.SECONDS))
                    .hasMessage("The connection to the database was lost; try again in a moment.");
            assertThat(asking.query("SELECT 1", "[]")).contains("1");
        }
    }

    private static int count(String from) {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*)" + from)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a limit, a value of one gigabyte would take one gigabyte of this heap. */
    @Test
    void valueThatIsTooLargeForTheHeapIsAnErrorAndTheNextQueryIsFine() {
        // a gigabyte takes a minute on a busy machine
        try (Asking asking = asking("reader", Duration.ofMinutes(5))) {
            ToolException e = catchThrowableOfType(
                    ToolException.class, () -> asking.query("SELECT repeat('x', 1000000000)", "[]"));
            assertThat(e.category()).isEqualTo("result_too_large");
            assertThat(e).hasMessageContaining("LEFT(column, 1000)");
            for (int i = 0; i < 2 * ConnectionPools.SIZE; i++) {
                assertThat(asking.query("SELECT 1", "[]")).isEqualTo("[[1]]");
            }
        }
    }

    @Test
    void positionOfAMistakeIsThatInTheCallersStatement() {
        try (Asking asking = asking("reader", Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> asking.connections.use(asking.config, new Cancellation(), connection -> {
                        try (Statement sql = connection.jdbc().createStatement()) {
                            return sql.execute(connection.limited("SELECT nowhere", Duration.ofSeconds(20)));
                        }
                    }))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            PSQLException.class,
                            e -> assertThat(e.getServerErrorMessage())
                                    .extracting(ServerErrorMessage::getPosition)
                                    .isEqualTo(8));
        }
    }

    /** A session ends a moment after its connection. */
    private static void assertSoonNoRow(String query) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean found = true;
        while (found && System.nanoTime() < end) {
            try (Statement sql = owner.createStatement();
                    ResultSet rows = sql.executeQuery(query)) {
                found = rows.next();
            }
        }
        assertThat(found).isFalse();
    }

    private static LockedTable lockedTable() {
        return new LockedTable(PostgresLimitsIT::locked, PostgresLimitsIT::active, scheduler);
    }

    /** Another session holds the table until the connection is closed. */
    private static Connection locked() throws SQLException {
        Connection locking = postgres.getPostgresDatabase().getConnection();
        locking.setAutoCommit(false);
        try (Statement sql = locking.createStatement()) {
            sql.execute("LOCK TABLE " + LOCKED + ", pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE");
        }
        return locking;
    }

    /** Statements of the reader that run. */
    private static int active() throws SQLException {
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(String statement) throws SQLException {
        try (Statement sql = owner.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String url(String user, int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user;
    }

    private static Asking asking(String user, Duration timeout) {
        return new Asking(url(user, postgres.getPort()), timeout);
    }

    /** The tools' classes over one connection. */
    private static final class Asking implements AutoCloseable {

        private final ConnectionConfig config;
        private final Connections connections;
        private final SqlQueries queries;

        Asking(String url, Duration timeout) {
            this(InMemoryConfiguration.connection("pg", url, timeout, false));
        }

        static Asking privileged(String user) {
            return new Asking(InMemoryConfiguration.connection(
                    "pg", url(user, postgres.getPort()), Duration.ofSeconds(20), true));
        }

        private Asking(ConnectionConfig config) {
            this.config = config;
            connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
            queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
        }

        String query(String sql, String parameters) {
            return query(sql, parameters, new Cancellation());
        }

        String query(String sql, String parameters, Cancellation cancellation) {
            JsonArray values = Json.readObject("{\"p\":" + parameters + "}").getJsonArray("p");
            return Json.write(queries.query(config, new SqlStatement(sql, values), 10, 100_000, cancellation)
                    .getJsonArray("rows"));
        }

        /** As a function would that the guard does not know. */
        String use(String sql) {
            return connections.use(config, new Cancellation(), connection -> {
                try (Statement statement = connection.jdbc().createStatement();
                        ResultSet row = statement.executeQuery(sql)) {
                    row.next();
                    return String.valueOf(row.getString(1));
                }
            });
        }

        void look(boolean describing, Cancellation cancellation) {
            queries.look(config, cancellation, metadata -> {
                SqlSchema schema = new SqlSchema(metadata);
                return describing ? schema.describe(schema.named(null, LOCKED).get(0)) : schema.tables();
            });
        }

        @Override
        public void close() {
            connections.close();
        }
    }
}
