package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.QueryParameterConfig.Type;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools' classes with a real PostgreSQL, started once on a free port of the loopback address. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
class PostgresIT {

    private static final String ENDLESS =
            "SELECT COUNT(*) FROM numbers a, numbers b, numbers c WHERE a.n + b.n + c.n < 0";

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static ScheduledExecutorService scheduler;
    private static EmbeddedPostgres postgres;
    private static Connection owner;
    private static ConnectionConfig config;
    private static Connections connections;
    private static SqlQueries queries;

    @BeforeAll
    static void start() throws IOException, SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        postgres = LocalPostgres.start();
        owner = postgres.getPostgresDatabase().getConnection();
        PostgresSample.load(owner);
        config = InMemoryConfiguration.connection("pg", url());
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
        queries = queries(connections);
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        connections.close();
        owner.close();
        postgres.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    private static SqlQueries queries(Connections over) {
        return new SqlQueries(over, StatementTimeout.Threads.of(() -> scheduler, THREADS));
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES (1, 'a'), (2, 'b')",
                "WITH s AS MATERIALIZED (SELECT n FROM numbers) SELECT COUNT(*) FROM s",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT SUM(n) FROM r",
                "SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(id, name) WHERE t.id = ANY (ARRAY[1, 2])",
                "SELECT o.id, x.n FROM orders o CROSS JOIN LATERAL (SELECT COUNT(*) n FROM order_lines l WHERE"
                        + " l.order_id = o.id) x",
                "SELECT o.id FROM orders o LEFT JOIN LATERAL (SELECT 1) AS x(one) ON TRUE",
                "SELECT status, placed, COUNT(*), GROUPING(status) FROM orders GROUP BY GROUPING SETS ((status), (placed), ())",
                "SELECT status, placed, COUNT(*) FROM orders GROUP BY ROLLUP (status, placed)",
                "SELECT status, placed, COUNT(*) FROM orders GROUP BY CUBE (status, placed)",
                "SELECT COUNT(*) FILTER (WHERE status = 'open'), STRING_AGG(status, ', ' ORDER BY status DESC) FROM orders",
                "SELECT n::numeric(10, 2), '2024-02-29'::date, n::text || 'x' FROM numbers LIMIT 1",
                "SELECT placed AT TIME ZONE 'UTC', placed - INTERVAL '30 days', NOW() - INTERVAL '1 month' FROM orders",
                "SELECT EXTRACT(EPOCH FROM placed), DATE_PART('dow', placed), DATE_TRUNC('week', placed) FROM orders",
                "SELECT EXTRACT(YEAR FROM placed), COUNT(*) FROM orders GROUP BY 1 ORDER BY 2 DESC NULLS LAST",
                "SELECT status FROM orders WHERE status ILIKE 'o%' OR status ~ '^o' OR status SIMILAR TO 'o%'",
                "SELECT PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY n), MODE() WITHIN GROUP (ORDER BY n) FROM numbers",
                "SELECT DISTINCT ON (status) status, id FROM orders ORDER BY status, id",
                "SELECT SUM(n) OVER w, LAG(n) OVER w FROM numbers WINDOW w AS (ORDER BY n RANGE BETWEEN 1 PRECEDING"
                        + " AND CURRENT ROW) ORDER BY n FETCH FIRST 3 ROWS WITH TIES",
                "SELECT n FROM numbers ORDER BY n OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY",
                "SELECT doc->>'a', doc->'b'->0 FROM documents WHERE doc->>'a' IS NOT NULL",
                "SELECT \"Mixed Case\".\"A Column\" FROM \"Mixed Case\"",
                "SELECT TO_CHAR(placed, 'YYYY-MM'), AGE(placed) FROM orders",
                "SELECT BOOL_AND(n > 0), EVERY(n > 0), STDDEV(n), CORR(n, n) FROM numbers",
                "SELECT n FROM numbers TABLESAMPLE BERNOULLI (10)"
            })
    void honestAnalyticsIsLetThroughAndRuns(String sql) {
        assertThat(queries.query(config, statement(sql), 10, 100_000, new Cancellation())
                        .getJsonArray("columns"))
                .isNotEmpty();
    }

    @Test
    void parametersWithDeclaredTypesMayBeNull() {
        String sql =
                "SELECT COUNT(*) >= 0 FROM orders WHERE (? IS NULL OR placed >= ?) AND (CAST(? AS TIMESTAMP) IS NULL OR placed < ?)"
                        + " AND (? IS NULL OR status = ?) AND (? IS NULL OR id = ?) AND (? IS NULL OR id < ?) AND (? IS NULL OR ?)";
        List<Optional<Type>> types =
                List.of(Type.DATE, Type.TIMESTAMP, Type.STRING, Type.INTEGER, Type.NUMBER, Type.BOOLEAN).stream()
                        .flatMap(type -> Stream.of(Optional.of(type), Optional.of(type)))
                        .toList();
        List<JsonValue> values = List.of(
                        Json.string("2024-01-31"),
                        Json.string("2099-01-31T08:30:00"),
                        Json.string("open"),
                        Json.provider().createValue(7),
                        Json.provider().createValue(12.5),
                        JsonValue.TRUE)
                .stream()
                .flatMap(value -> Stream.of(value, value))
                .toList();
        for (List<JsonValue> given : List.of(values, Collections.nCopies(12, JsonValue.NULL))) {
            assertThat(queries.query(config, new SqlStatement(sql, given, 12, types), 10, 100_000, new Cancellation())
                            .getJsonArray("rows"))
                    .hasToString("[[true]]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TIMESTAMPTZ '2024-02-29 10:20:30.5+05:30' | \"2024-02-29T04:50:30.500Z\"",
                "TIMESTAMP '2024-02-29 10:20:30.123456' | \"2024-02-29T10:20:30.123456\"",
                "TIMESTAMP 'infinity' | \"infinity\"",
                "DATE '-infinity' | \"-infinity\"",
                "DATE '2024-02-29' | \"2024-02-29\"",
                "TIME '24:00:00' | \"24:00:00\"",
                "TIME '10:20' | \"10:20:00\"",
                "TIMETZ '24:00:00+02' | \"24:00:00+02\"",
                "TIMETZ '10:20:00+02' | \"10:20:00+02:00\"",
                "TIMESTAMPTZ '2024-02-29 10:20:00Z' | \"2024-02-29T10:20:00Z\"",
                "'{2024-02-29 10:20:30.5+02,infinity,2024-02-29 10:20:00Z}'::timestamptz[] |"
                        + " [\"2024-02-29T08:20:30.500Z\",\"infinity\",\"2024-02-29T10:20:00Z\"]",
                "'{2024-02-29 10:20:00,NULL}'::timestamp[] | [\"2024-02-29T10:20:00\",null]",
                "'{24:00:00,10:20:00}'::time[] | [\"24:00:00\",\"10:20:00\"]",
                "'{10:20:00+02}'::timetz[] | [\"10:20:00+02:00\"]",
                "'{NaN,1.5}'::numeric[] | [\"NaN\",1.5]",
                "'{{t,f},{NULL,t}}'::bool[] | [[true,false],[null,true]]",
                "ARRAY['\\x00ff'::bytea] | [\"AP8=\"]",
                "ARRAY['a,\"b\\c', 'NULL', NULL, '{}', ''] | [\"a,\\\"b\\\\c\",\"NULL\",null,\"{}\",\"\"]",
                "'[2:3]={7,8}'::int4[] | [7,8]",
                "'{}'::int4[] | []",
                "ARRAY[box '((1,1),(0,0))', box '((2,2),(1,1))'] | [\"(1,1),(0,0)\",\"(2,2),(1,1)\"]",
                "ARRAY['{\"a\": 1}'::jsonb] | [\"{\\\"a\\\": 1}\"]",
                "1234.5::money | \"$1,234.50\"",
                "ARRAY[1234.5::money] | [\"$1,234.50\"]",
                "B'1' | \"1\"",
                "B'101' | \"101\"",
                "ROW(1, 'x') | \"(1,x)\"",
                "NUMERIC 'Infinity' | \"Infinity\"",
                "TIME '10:20:30.123' | \"10:20:30.123\"",
                "TIMETZ '10:20:30+02' | \"10:20:30+02:00\"",
                "INTERVAL '1 year 2 days' | \"1 year 2 days\"",
                "NUMERIC 'NaN' | \"NaN\"",
                "NUMERIC '12345678901234567890.5' | \"12345678901234567890.5\"",
                "NUMERIC '1.50' | 1.50",
                "FLOAT8 'Infinity' | \"Infinity\"",
                "0.1::float4 | 0.1",
                "9007199254740993 | \"9007199254740993\"",
                "TRUE | true",
                "NULL | null",
                "'{\"a\": 1}'::json | \"{\\\"a\\\": 1}\"",
                "'{\"a\":1}'::jsonb | \"{\\\"a\\\": 1}\"",
                "'00000000-0000-0000-0000-00000000000a'::uuid | \"00000000-0000-0000-0000-00000000000a\"",
                "DECODE('00ff', 'hex') | \"AP8=\"",
                "ARRAY[1, NULL, 3] | [1,null,3]",
                "'{{1,2},{3,4}}'::int4[] | [[1,2],[3,4]]",
                "'{a,b}'::text[] | [\"a\",\"b\"]",
                "'192.168.0.1/24'::inet | \"192.168.0.1/24\"",
                "'<a>\u00e4</a>'::xml | \"<a>\u00e4</a>\"",
                "'[1,5)'::int4range | \"[1,5)\"",
                "'x'::char(3) | \"x  \"",
                "'red'::colour | \"red\""
            })
    void everyTypeHasItsForm(String expression, String json) throws SQLException {
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery("SELECT " + expression)) {
            row.next();
            assertThat(Json.write(new SqlValues()
                            .read(
                                    row,
                                    1,
                                    SqlColumn.all(row.getMetaData(), Dialect.POSTGRESQL)
                                            .get(0))))
                    .isEqualTo(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT id,~  statsu~FROM orders | [] | (SQLSTATE 42703): ERROR: column \"statsu\" does not exist~line 2, column"
                        + " 3:~  statsu~  ^~Hint: Perhaps you meant to reference the column \"orders.status\".~Near names: status",
                "SELECT o.acolumn FROM \"Mixed Case\" o | [] | (SQLSTATE 42703): ERROR: column o.acolumn does not exist~line 1,"
                        + " column 8:~SELECT o.acolumn FROM \"Mixed Case\" o~       ^~Hint: Perhaps you meant to reference the"
                        + " column \"o.A Column\".~Near names: \"A Column\"~In PostgreSQL such a name stands in double quotes.",
                "SELECT * FROM mixedcase | [] | (SQLSTATE 42P01): ERROR: relation \"mixedcase\" does not exist~line 1, column"
                        + " 15:~SELECT * FROM mixedcase~              ^~Near names: \"Mixed Case\"~In PostgreSQL such a name"
                        + " stands in double quotes.",
                "SELECT * FROM part | [] | (SQLSTATE 42P01): ERROR: relation \"part\" does not exist~line 1, column"
                        + " 15:~SELECT * FROM part~              ^~Near names: other.parts",
                "SELECT id FROM orders WHERE id = ? AND status = ? AND x = 1 | [1, \"a\"] | (SQLSTATE 42703): ERROR: column"
                        + " \"x\" does not exist~line 1, column 55:~{statement}~sql_describe_table names the columns of a table."
            })
    void aMistakeIsExplainedSoThatItCanBeFixed(String sql, String parameters, String message) {
        String asked = sql.replace('~', '\n');
        String expected = "The database refused the query "
                + message.replace("{statement}", asked + "~" + " ".repeat(asked.length() - 5) + "^")
                        .replace('~', '\n');
        ToolException e = catchThrowableOfType(ToolException.class, () -> query(asked, parameters));
        assertThat(e).hasMessage(expected);
        ToolException explained = catchThrowableOfType(
                ToolException.class,
                () -> queries.explain(
                        config,
                        new SqlStatement(
                                asked,
                                Json.readObject("{\"p\":" + parameters + "}").getJsonArray("p")),
                        1000,
                        new Cancellation()));
        assertThat(explained).hasMessage(expected);
        assertThat(query("SELECT 1").getInt("rowCount")).isEqualTo(1);
    }

    @Test
    void aCommentStandsBeforeTheStatementAndMovesNoPlaceOfAnError() {
        SqlQueries traced = queries.commented(StatementComment.of("0123456789abcdef01", "00-1a-2b-01"));
        ConnectionConfig commented = InMemoryConfiguration.commented(config);
        for (List<JsonValue> parameters : List.of(List.<JsonValue>of(), List.<JsonValue>of(Json.string("x")))) {
            String marker = parameters.isEmpty() ? "'x'" : "?";
            SqlStatement own = new SqlStatement(
                    "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid() AND " + marker + " <> 'y'",
                    parameters);
            assertThat(Json.write(traced.run(commented, own, 1, 10_000, new Cancellation())))
                    .contains("/* request_id=0123456789abcdef01, traceparent=00-1a-2b-01 */ SELECT query FROM");
            SqlStatement wrong =
                    new SqlStatement("SELECT id,\n  statsu FROM orders WHERE status = " + marker, parameters);
            assertThatThrownBy(() -> traced.query(commented, wrong, 1, 1000, new Cancellation()))
                    .hasMessageContaining("line 2, column 3:\n  statsu FROM");
            assertThatThrownBy(() -> traced.explain(commented, wrong, 1000, new Cancellation()))
                    .hasMessageContaining("line 2, column 3:\n  statsu FROM");
        }
    }

    @Test
    void theDatabaseItselfRefusesToWrite() {
        ToolException e = catchThrowableOfType(
                ToolException.class,
                () -> connections.use(
                        config,
                        new Cancellation(),
                        connection -> connection.jdbc().createStatement().executeUpdate("DELETE FROM orders")));
        assertThat(e.getMessage()).contains("25006", "read-only");
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 1_200})
    void aQueryThatRunsTooLongEndsAndIsReportedAsTimeout(long millis) throws SQLException {
        ConnectionConfig hasty = InMemoryConfiguration.connection("pg", url(), Duration.ofMillis(millis));
        long started = System.nanoTime();
        ToolException e = catchThrowableOfType(
                ToolException.class, () -> queries.query(hasty, statement(ENDLESS), 10, 1000, new Cancellation()));
        assertThat(e.category()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 8_000));
        assertThat(running()).isZero();
    }

    @Test
    void cancellingReachesTheRunningStatementAndTheConnectionLivesOn() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<ToolException> failure = scheduler.submit(() -> catchThrowableOfType(
                ToolException.class, () -> queries.query(config, statement(ENDLESS), 10, 1000, cancellation)));
        while (running() == 0) {
            Thread.sleep(10);
        }
        cancellation.cancel();
        assertThat(failure.get(15, TimeUnit.SECONDS).category()).isEqualTo("cancelled");
        assertThat(running()).isZero();
        assertThat(query("SELECT 1").getInt("rowCount")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadNetworkDoesNotBlockTheCallerForever(boolean cancelled) throws Exception {
        try (FreezingProxy network = new FreezingProxy(postgres.getPort(), "pg_catalog.pg_class");
                Connections own =
                        new Connections(InMemoryConfiguration.of(behind(network)), Runnable::run, THREADS.aborting())) {
            ConnectionConfig behind = behind(network, cancelled ? Duration.ofMinutes(5) : Duration.ofSeconds(1));
            SqlQueries asking = queries(own);
            Cancellation cancellation = new Cancellation();
            Future<ToolException> failure = scheduler.submit(() -> catchThrowableOfType(
                    ToolException.class,
                    () -> asking.look(behind, cancellation, metadata -> new SqlSchema(metadata).tables())));
            Instant giveUp = Instant.now().plusSeconds(30);
            while (!network.frozen() && Instant.now().isBefore(giveUp)) {
                Thread.sleep(10);
            }
            if (cancelled) {
                cancellation.cancel();
            }

            assertThat(failure.get(10, TimeUnit.SECONDS).category()).isEqualTo(cancelled ? "cancelled" : "timeout");

            network.thaw();
            List<TableName> tables =
                    asking.look(behind, new Cancellation(), metadata -> new SqlSchema(metadata).tables());
            assertThat(tables).isNotEmpty();
        }
    }

    @Test
    void aStatementThatCannotBeCancelledLosesItsConnection() throws Exception {
        try (FreezingProxy network = new FreezingProxy(postgres.getPort(), "FROM numbers dead");
                Connections own =
                        new Connections(InMemoryConfiguration.of(behind(network)), Runnable::run, THREADS.aborting())) {
            ConnectionConfig behind = behind(network, Duration.ofSeconds(1));
            SqlQueries asking = queries(own);
            Future<ToolException> failure = scheduler.submit(() -> catchThrowableOfType(
                    ToolException.class,
                    () -> asking.query(behind, statement("SELECT 1 FROM numbers dead"), 10, 1000, new Cancellation())));

            assertThat(failure.get(30, TimeUnit.SECONDS).category()).isEqualTo("timeout");

            network.thaw();
            assertThat(asking.query(behind, statement("SELECT 1"), 10, 1000, new Cancellation())
                            .getInt("rowCount"))
                    .isEqualTo(1);
        }
    }

    private static ConnectionConfig behind(FreezingProxy network) {
        return behind(network, Duration.ofSeconds(20));
    }

    private static ConnectionConfig behind(FreezingProxy network, Duration timeout) {
        return InMemoryConfiguration.connection(
                "pg", "jdbc:postgresql://127.0.0.1:" + network.port() + "/postgres?user=postgres", timeout);
    }

    @Test
    void bindsParametersAsTheStatementNeedsThem() {
        JsonObject result = query(
                "SELECT id FROM orders WHERE placed < ? AND id = ? AND status LIKE ? AND (SUBSTRING(status, ?) <> ?)"
                        + " AND (CAST(? AS INT) IS NULL) AND id > ?",
                "[\"2030-01-01\", 1, \"o%\", 2, \"x\", null, 0.5]");
        assertThat(Json.write(result.getJsonArray("rows"))).isEqualTo("[[1]]");
    }

    @Test
    void aWrongParameterIsToldByTheDatabase() {
        assertThatThrownBy(() -> query("SELECT id FROM orders WHERE placed < ?", "[\"tomorrow-ish\"]"))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("tomorrow-ish");
    }

    @Test
    void explainsWithParametersAndWithoutRunning() {
        JsonObject plan = queries.explain(
                config,
                new SqlStatement(
                        "SELECT COUNT(*) FROM numbers a, numbers b, numbers c WHERE a.n > ?",
                        Json.readObject("{\"p\":[5]}").getJsonArray("p")),
                100_000,
                new Cancellation());
        assertThat(Json.write(plan.getJsonArray("rows"))).contains("Nested Loop", "numbers");
        assertThatThrownBy(() -> queries.explain(config, statement("(ANALYZE) SELECT 1"), 1000, new Cancellation()))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void manyLargeValuesAreNotReadAtOnce() {
        JsonObject result = queries.query(
                config,
                statement("SELECT a.n, STRING_AGG(LPAD('x', 1000), '') OVER (ORDER BY b.n) FROM numbers a, numbers b"
                        + " WHERE a.n < 3 AND b.n < 200"),
                100_000,
                50_000,
                new Cancellation());
        assertThat(result.getString("truncatedBy")).isEqualTo("bytes");
    }

    @Test
    void describesTablesOfEverySchemaWithCommentsAndKeys() {
        JsonObject lines = connections.use(config, new Cancellation(), connection -> {
            SqlSchema schema = new SqlSchema(connection.jdbc().getMetaData());
            assertThat(schema.tables())
                    .extracting(TableName::qualified)
                    .contains(
                            "public.orders", "other.orders", "public.Mixed Case", "public.open_orders", "public.totals")
                    .noneMatch(name -> name.startsWith("pg_") || name.startsWith("information_schema"));
            return schema.describe(schema.named("public", "ORDER_LINES").get(0));
        });
        assertThat(lines.getString("comment")).isEqualTo("Lines");
        assertThat(Json.write(lines.getJsonArray("primaryKey"))).isEqualTo("[\"order_id\",\"no\"]");
        assertThat(Json.write(lines.getJsonArray("columns")))
                .isEqualTo("[{\"name\":\"order_id\",\"type\":\"int4\",\"nullable\":false},"
                        + "{\"name\":\"no\",\"type\":\"int4\",\"nullable\":false,\"comment\":\"Position\"},"
                        + "{\"name\":\"price\",\"type\":\"numeric(10,2)\",\"nullable\":true}]");
        assertThat(Json.write(lines.getJsonArray("foreignKeys")))
                .isEqualTo("[{\"columns\":[\"order_id\"],\"table\":\"public.orders\",\"tableColumns\":[\"id\"]}]");
        assertThat(Json.write(lines.getJsonArray("referencedBy")))
                .isEqualTo("[{\"columns\":[\"order_id\",\"no\"],\"table\":\"other.parts\","
                        + "\"tableColumns\":[\"line_order\",\"line_no\"]}]");
    }

    private static int running() throws SQLException {
        return PostgresSample.running(owner, "numbers c");
    }

    private static JsonObject query(String sql) {
        return query(sql, "[]");
    }

    private static JsonObject query(String sql, String parameters) {
        return queries.query(
                config,
                new SqlStatement(
                        sql, Json.readObject("{\"p\":" + parameters + "}").getJsonArray("p")),
                100,
                100_000,
                new Cancellation());
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, List.of());
    }
}
