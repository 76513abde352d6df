package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.CatalogConfig;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.json.Json;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What PostgreSQL and MariaDB report about their tables, read as tools read it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class DescribedTablesIT {

    private static final List<String> SALES = List.of(
            "CREATE TABLE sales.customers (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, code VARCHAR(9) UNIQUE)",
            "INSERT INTO sales.customers VALUES (1, 'Ann', 'a'), (2, 'Bob', 'b'), (3, 'Cid', NULL)",
            "CREATE TABLE sales.\"Order Details\" (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES"
                    + " sales.customers (id), mood MOOD DEFAULT 'good', price DECIMAL(9, 2) DEFAULT 7,"
                    + " doubled DECIMAL(9, 2) GENERATED ALWAYS AS (price * 2) STORED)",
            "CREATE INDEX of_price ON sales.\"Order Details\" (price, mood)",
            "INSERT INTO sales.\"Order Details\" (id, customer_id) VALUES (1, 1), (2, 1), (3, 2)",
            "CREATE VIEW sales.busy AS SELECT customer_id FROM sales.\"Order Details\"");

    /** A caller for whom all tables exist that the account may read. */
    private static final class Tables implements AutoCloseable {

        private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
        private final SqlThreads threads = SqlThreads.of(Thread::new);
        private final ConnectionConfig config;
        private final Connections connections;
        private final SqlQueries queries;

        Tables(String url) {
            config = InMemoryConfiguration.connection("db", url, Duration.ofSeconds(30));
            connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, threads.aborting());
            queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads))
                    .by(CallerFacts.NONE);
        }

        String described(String name) {
            OwnWords none = new OwnWords(CatalogConfig.NONE, (connection, schema, table) -> true);
            JsonObject description = queries.schema(
                    config,
                    new Cancellation(),
                    schema -> new TableDescription("db", none).of(schema, new TableLookup(schema).find("", name)));
            return Json.write(new SampleValues(queries, config, profile(), new Cancellation()).in(description, 20));
        }

        String figures(String table, String... columns) {
            return Json.write(
                    ProfileTool.figures(queries, config, profile(), table, List.of(columns), new Cancellation()));
        }

        private DatabaseProfile profile() {
            return connections.profile(config, new SqlCaller(CallerFacts.NONE, new Cancellation()));
        }

        ListedTables listed() {
            return queries.schema(config, new Cancellation(), ListedTables::of);
        }

        List<String> names() {
            return listed().tables().stream().map(TableName::qualified).toList();
        }

        @Override
        public void close() {
            connections.close();
            threads.close();
            scheduler.shutdownNow();
        }
    }

    private static void execute(Connection owner, List<String> statements) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void postgresReportsFactsAndListsNeitherPartitionsNorUnreadableTables() throws Exception {
        try (EmbeddedPostgres server = LocalPostgres.start();
                Connection owner = server.getPostgresDatabase().getConnection()) {
            execute(owner, List.of("CREATE SCHEMA sales", "CREATE SCHEMA many", "CREATE SCHEMA closed"));
            execute(owner, List.of("CREATE TYPE mood AS ENUM ('good', 'bad')"));
            execute(owner, SALES);
            execute(
                    owner,
                    List.of(
                            "CREATE TABLE sales.events (at DATE NOT NULL, what TEXT) PARTITION BY RANGE (at)",
                            "CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                            "CREATE TABLE sales.events_2 PARTITION OF sales.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                            "INSERT INTO sales.events SELECT '2025-01-01'::date + i, 'x' FROM generate_series(1, 99) i",
                            "CREATE TABLE sales.payroll (pay INT)",
                            "CREATE TABLE closed.ledger (id INT)",
                            "CREATE TABLE sales.partly (a INT, b INT)",
                            "DO $$ BEGIN FOR i IN 1..1200 LOOP EXECUTE format('CREATE TABLE many.t%s (id INT)',"
                                    + " lpad(i::text, 4, '0')); END LOOP; END $$",
                            "CREATE ROLE reader LOGIN",
                            "GRANT USAGE ON SCHEMA sales, many TO reader",
                            "GRANT SELECT ON ALL TABLES IN SCHEMA sales, many, closed TO reader",
                            "REVOKE SELECT ON sales.payroll, sales.partly FROM reader",
                            "GRANT SELECT (a) ON sales.partly TO reader",
                            "ANALYZE sales.customers, sales.events"));
            String url =
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=reader&currentSchema=sales";
            try (Tables tables = new Tables(url)) {
                assertThat(tables.names().subList(0, 6))
                        .as("the connection's own schema first")
                        .containsExactly(
                                "sales.Order Details",
                                "sales.busy",
                                "sales.customers",
                                "sales.events",
                                "sales.partly",
                                "many.t0001");
                assertThat(tables.names()).hasSize(1_205).doesNotContain("closed.ledger", "sales.payroll");
                assertThat(tables.listed().partitions()).isEqualTo(java.util.Map.of("sales.events", 2));
                assertThat(tables.described("events"))
                        .contains("\"partitionedBy\":\"RANGE (at)\"", "\"partitions\":2", "\"rowEstimate\":99");
                assertThat(tables.described("sales.\"busy\"")).contains("\"definition\":\"SELECT customer_id");
                factsOfOrders(tables, "id");
                assertThat(tables.figures("sales.events", "AT"))
                        .contains("\"rows\":99", "\"min\":\"2025-01-02\"", "\"max\":\"2025-04-10\"");
            }
        }
    }

    @Test
    void mariaDbReportsFacts() throws Exception {
        try (MariaDb server = MariaDb.start();
                Connection owner = server.owner()) {
            execute(owner, List.of("CREATE DATABASE sales", "SET sql_mode = 'ANSI_QUOTES'"));
            execute(
                    owner,
                    SALES.stream()
                            .map(sql -> sql.replace("MOOD DEFAULT", "ENUM('good', 'it''s bad') DEFAULT"))
                            .toList());
            execute(
                    owner,
                    List.of(
                            "CREATE TABLE sales.events (id INT, what TEXT) PARTITION BY RANGE (id)"
                                    + " (PARTITION p1 VALUES LESS THAN (50), PARTITION p2 VALUES LESS THAN (100))",
                            "ANALYZE TABLE sales.customers"));
            server.createUser("reader", "r", "SELECT ON sales.*", "SHOW VIEW ON sales.*");
            try (Tables tables = new Tables(server.urlAs("sales", "reader", "r"))) {
                assertThat(tables.names())
                        .containsExactly("sales.Order Details", "sales.busy", "sales.customers", "sales.events");
                assertThat(tables.described("events"))
                        .contains("\"partitionedBy\":\"RANGE (`id`)\"", "\"partitions\":2");
                assertThat(tables.described("busy")).contains("\"definition\":\"select ");
                assertThat(tables.described("customers")).contains("\"rowEstimate\":3");
                factsOfOrders(tables, "id");
                assertThat(tables.described("`Order Details`")).contains("\"values\":[\"good\",\"it's bad\"]");
            }
        }
    }

    private static void factsOfOrders(Tables tables, String key) {
        assertThat(tables.described("\"order details\""))
                .contains("\"primaryKey\":[\"" + key + "\"]", "\"indexes\":[", "[\"price\",\"mood\"]")
                .contains("\"table\":\"sales.customers\"")
                .contains("\"samples\":[14")
                .containsPattern("\"values\":\\[\"good\",")
                .containsPattern("\"generated\":(\"[^\"]*price|true)")
                .containsPattern("\"default\":\"'?good");
        assertThat(tables.described("customers")).contains("\"unique\":[[\"code\"]]", "\"samples\":[\"a\",\"b\"]");
        assertThat(tables.figures("sales.customers"))
                .contains("\"rows\":3", "{\"name\":\"code\",\"nulls\":1,\"distinct\":2,\"min\":\"a\",\"max\":\"b\"}");
        assertThat(tables.figures("Order Details", "customer_id")).contains("\"top\":[[1,2],[2,1]]");
        assertThat(IntStream.range(0, 3).mapToObj(i -> tables.figures("busy")).distinct())
                .hasSize(1);
    }
}
