package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.PlanLimitsConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code plan_limits} by the plans of real databases. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class PlanLimitsIT {

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);
    private static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(1);
    private static EmbeddedPostgres postgres;
    private static MariaDb mariadb;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = LocalPostgres.start();
        try (Connection owner = postgres.getPostgresDatabase().getConnection()) {
            execute(
                    owner,
                    "CREATE TABLE orders AS SELECT n AS id, n % 100 AS customer FROM generate_series(1, 20000) n",
                    "CREATE TABLE customers AS SELECT n AS id FROM generate_series(1, 100) n",
                    "CREATE UNIQUE INDEX by_id ON orders (id)",
                    "CREATE VIEW pay AS SELECT * FROM orders",
                    "ANALYZE");
        }
        mariadb = MariaDb.start();
        mariadb.createDatabase("shop");
        try (Connection owner = mariadb.owner("shop")) {
            execute(
                    owner,
                    "CREATE TABLE orders (id INT PRIMARY KEY, customer INT) AS"
                            + " SELECT seq AS id, seq % 100 AS customer FROM seq_1_to_20000",
                    "CREATE TABLE customers (id INT) AS SELECT seq AS id FROM seq_1_to_100",
                    "CREATE VIEW pay AS SELECT * FROM orders",
                    "ANALYZE TABLE orders, customers");
        }
        mariadb.createUser("reader", "r", "SELECT ON shop.*");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
        mariadb.close();
        SCHEDULER.shutdownNow();
        THREADS.close();
    }

    @Test
    void postgresStatementAboveTheRowsIsNotRun() {
        try (Asking asking = postgres(10_000, 1_000_000_000)) {
            asking.runs("SELECT * FROM orders WHERE id = 5", "SELECT * FROM orders LIMIT 10", "SELECT 1");
            asking.runs("SELECT * FROM orders WHERE id < ?", Json.createValue(50));
            assertThat(asking.refusal("SELECT count(*) FROM orders").getMessage())
                    .startsWith(
                            "The statement was not run: the database estimates rows of 20000 for the largest step of its"
                                    + " plan (Seq Scan on orders), and the connection db allows rows of 10000. ");
            asking.isAbove("SELECT * FROM orders WHERE id < ?", Json.createValue(15_000));
            assertThat(asking.refusal("SELECT * FROM orders a, customers b WHERE a.id < 500")
                            .getMessage())
                    .contains("(Nested Loop)")
                    .contains("join condition");
        }
    }

    @Test
    void postgresStatementAboveTheCostIsNotRun() {
        try (Asking asking = postgres(1_000_000_000, 100)) {
            asking.runs("SELECT * FROM orders WHERE id = 5");
            assertThat(asking.refusal("SELECT * FROM orders").getMessage())
                    .contains("estimates cost of 299", "for its plan (Seq Scan on orders)", "allows cost of 100.");
        }
    }

    @Test
    void mariaDbStatementAboveTheRowsIsNotRun() {
        try (Asking asking = mariadb(10_000)) {
            asking.runs("SELECT * FROM orders WHERE id = 5", "SELECT * FROM customers", "SELECT 1");
            asking.runs("SELECT * FROM orders WHERE id < ?", Json.createValue(50));
            assertThat(asking.refusal("SELECT count(*) FROM orders").getMessage())
                    .containsPattern(
                            "estimates rows of (19|20)\\d{3} for the largest step of its plan \\((index|ALL) on orders\\)");
            asking.isAbove("SELECT * FROM orders WHERE id < ?", Json.createValue(15_000));
            asking.isAbove("SELECT * FROM orders a, customers b WHERE a.id < 500");
            asking.isAbove(
                    "SELECT 1 FROM customers UNION ALL SELECT max(x.id) FROM (SELECT * FROM orders LIMIT 20000) x");
        }
    }

    /** MariaDB explains a view only for accounts that may see its definition. */
    @Test
    void statementThatCannotBeExplainedIsNotRun() {
        try (Asking asking = mariadb(1_000_000)) {
            ToolException refused = asking.refusal("SELECT * FROM pay");
            assertThat(refused.category()).isEqualTo("sql_error");
            assertThat(refused.getMessage())
                    .contains("This is the answer to EXPLAIN: the connection db has plan_limits");
        }
        try (Asking asking = postgres(10, 10)) {
            ToolException refused = asking.refusal("SELECT ids FROM orders");
            assertThat(refused.category()).isEqualTo("sql_error");
            assertThat(refused.getMessage()).contains("line 1, column 8", "Near names: ", "answer to EXPLAIN");
        }
    }

    @Test
    void productWhosePlansAreNotReadRunsNothing() {
        try (Asking asking = new Asking("jdbc:h2:mem:plans;USER=sa;PASSWORD=x", limits(5, 5))) {
            ToolException refused = asking.refusal("SELECT 1");
            assertThat(refused.category()).isEqualTo("plan_unknown");
            assertThat(refused.getMessage()).contains("the platform reads no plans of H2");
        }
    }

    @Test
    void hiddenTablesAreNotNamed() {
        try (Asking asking = postgres(10, 1_000_000)) {
            SqlQueries filtered = asking.queries.by(CallerFacts.NONE, connection -> HiddenTables.filter());
            ToolException refused = catchThrowableOfType(
                    ToolException.class,
                    () -> asking.query(filtered, "SELECT * FROM (SELECT 1) x, (VALUES (1), (2)) y"));
            assertThat(refused).isNull();
            ToolException above = catchThrowableOfType(
                    ToolException.class,
                    () -> asking.query(
                            filtered, "SELECT * FROM (VALUES (1), (2), (3), (4)) x, (VALUES (1), (2), (3)) y"));
            assertThat(above.category()).isEqualTo("plan_limit_exceeded");
            assertThat(above.getMessage()).contains("for the largest step of its plan, and");
        }
    }

    private static Asking postgres(long rows, long cost) {
        return new Asking(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres", limits(rows, cost));
    }

    private static Asking mariadb(long rows) {
        return new Asking(
                mariadb.urlAs("shop", "reader", "r"), new PlanLimitsConfig(Optional.of(rows), Optional.empty()));
    }

    private static PlanLimitsConfig limits(long rows, long cost) {
        return new PlanLimitsConfig(Optional.of(rows), Optional.of(cost));
    }

    private static void execute(Connection owner, String... statements) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A connection with limits. */
    private static final class Asking implements AutoCloseable {

        private final ConnectionConfig config;
        private final Connections connections;
        private final SqlQueries queries;

        Asking(String url, PlanLimitsConfig limits) {
            config = InMemoryConfiguration.planned(
                    InMemoryConfiguration.connection("db", url, Duration.ofSeconds(20)), limits);
            connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
            queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> SCHEDULER, THREADS));
        }

        void runs(String... statements) {
            for (String sql : statements) {
                query(queries, sql);
            }
        }

        void runs(String sql, JsonValue value) {
            query(queries, sql, value);
        }

        void isAbove(String sql, JsonValue... values) {
            assertThat(refusal(sql, values).category()).isEqualTo("plan_limit_exceeded");
        }

        ToolException refusal(String sql, JsonValue... values) {
            ToolException refused = catchThrowableOfType(ToolException.class, () -> query(queries, sql, values));
            assertThat(refused).as(sql).isNotNull();
            return refused;
        }

        void query(SqlQueries by, String sql, JsonValue... values) {
            by.query(config, new SqlStatement(sql, List.of(values)), 10, 10_000, new Cancellation());
        }

        @Override
        public void close() {
            connections.close();
        }
    }
}
