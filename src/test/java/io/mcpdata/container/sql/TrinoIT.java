package io.mcpdata.container.sql;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.StatementFile;
import io.mcpdata.testing.TrinoServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Trino behind the running server: its dialect, its lists, the caller's identity, limits and plans. */
@ArquillianTest
@Tag("trino")
@EnabledIfSystemProperty(named = TrinoServer.PROPERTY, matches = ".+", disabledReason = "needs -Ptrino")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class TrinoIT {

    private static final String HONEST = "/io/mcpdata/toolkit/sql/honest/trino";
    private static final String STILL_REFUSED = "-- refused, because ";
    private static final Duration TO_END = Duration.ofSeconds(10);

    private static final List<String> SALES = List.of(
            "CREATE SCHEMA IF NOT EXISTS memory.sales",
            "DROP TABLE IF EXISTS memory.sales.deals",
            "CREATE TABLE memory.sales.deals (owner varchar COMMENT 'who sold', amount decimal(10, 2)) COMMENT 'Closed deals'",
            "INSERT INTO memory.sales.deals VALUES ('analyst-service', 1), ('admin-service', 2), ('another', 4)",
            "DROP TABLE IF EXISTS memory.sales.salaries",
            "CREATE TABLE memory.sales.salaries AS SELECT 'ann' AS name, 100 AS amount",
            "CREATE OR REPLACE VIEW memory.sales.pay AS SELECT amount FROM memory.sales.salaries",
            "CREATE SCHEMA IF NOT EXISTS memory.hidden",
            "DROP TABLE IF EXISTS memory.hidden.secrets",
            "CREATE TABLE memory.hidden.secrets AS SELECT 1 AS one");

    private final TrinoServer trino = TrinoPlatform.trino();
    private final Platform platform = TrinoPlatform.platform();
    private final Web web = new Web(platform);
    private final McpConversation admin;
    private final McpConversation analyst;

    TrinoIT() throws ReflectiveOperationException, SQLException {
        trino.execute("/memory", SALES);
        trino.execute("/hive/retail", StatementFile.statements(HONEST + "-setup.sql"));
        admin = McpConversation.begin(web, platform.key("admin"));
        analyst = McpConversation.begin(web, platform.key("analyst"));
    }

    @AfterAll
    void stop() {
        admin.close();
        analyst.close();
    }

    private static JsonObject query(McpConversation caller, String connection, String sql) {
        return caller.call("sql_query", Map.of("connection", connection, "sql", sql));
    }

    private static String rows(McpConversation caller, String connection, String sql) {
        return structured(query(caller, connection, sql)).getJsonArray("rows").toString();
    }

    private static String refusal(McpConversation caller, String connection, String sql) {
        JsonObject answer = query(caller, connection, sql);
        assertThat(answer.getJsonObject("result").getBoolean("isError", false))
                .as(sql + ": " + answer)
                .isTrue();
        return text(answer);
    }

    @Test
    void everyHonestStatementIsAnswered() {
        List<String> failed = new ArrayList<>();
        List<String> statements = StatementFile.statements(HONEST + ".sql");
        for (String sql : statements) {
            JsonObject answer = query(admin, "retail", sql);
            boolean refused = answer.getJsonObject("result").getBoolean("isError", false);
            if (refused != sql.startsWith(STILL_REFUSED)) {
                failed.add(text(answer) + " <- " + sql);
            }
        }
        System.out.println("Trino: " + statements.size() + " honest statements");
        assertThat(failed).isEmpty();
    }

    @Test
    void theClusterKnowsTheCallerAndTheCall() {
        query(analyst, "tiny", "SELECT 4711 AS of_the_analyst");
        TrinoServer.Query query = trino.queries("4711 AS of_the_analyst").get(0);
        assertThat(query.user()).isEqualTo("analyst-service");
        assertThat(query.tags()).contains("analyst", "tool:sql_query").hasSize(3);
        String request = query.tags().stream()
                .filter(tag -> tag.startsWith("request:"))
                .findFirst()
                .orElseThrow()
                .substring("request:".length());
        Eventually.within(
                Duration.ofSeconds(10),
                "the row of the call is there",
                () -> web.get("/api/v1/audit?request_id=" + request, platform.key("admin"))
                        .body()
                        .contains("4711 AS of_the_analyst"));

        query(admin, "retail", "SELECT 4712 AS without_identity");
        TrinoServer.Query other = trino.queries("4712 AS without_identity").get(0);
        assertThat(other.user()).isEqualTo("reader");
        assertThat(other.tags()).contains("tool:sql_query").hasSize(2);
    }

    @Test
    void rowsAndRightsOfTheClusterDependOnTheCaller() {
        String deals = "SELECT owner FROM memory.sales.deals";
        assertThat(rows(analyst, "tiny", deals)).isEqualTo("[[\"analyst-service\"]]");
        assertThat(rows(admin, "tiny", deals)).isEqualTo("[[\"admin-service\"]]");
        assertThat(rows(admin, "tiny", "SELECT name FROM memory.sales.salaries"))
                .isEqualTo("[[\"ann\"]]");
        assertThat(refusal(analyst, "tiny", "SELECT name FROM memory.sales.salaries"))
                .contains("Access Denied");
    }

    @Test
    void theTransactionAndTheAccessControlRefuseToWrite() throws SQLException {
        String insert = "INSERT INTO hive.retail.orders SELECT * FROM hive.retail.orders";
        try (Connection owner = trino.owner("/hive/retail");
                Statement statement = owner.createStatement()) {
            owner.setReadOnly(true);
            owner.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute(insert)).hasMessageContaining("read-only transaction");
            owner.rollback();
        }
        assertThatThrownBy(() -> {
                    try (Connection reader =
                                    java.sql.DriverManager.getConnection(trino.url("/hive/retail") + "?user=reader");
                            Statement statement = reader.createStatement()) {
                        statement.execute(insert);
                    }
                })
                .hasMessageContaining("Access Denied");
    }

    @Test
    void theTimeoutEndsTheStatementOnTheCluster() {
        String sql = "SELECT count(*) AS past_the_timeout FROM sf1.lineitem a, sf1.lineitem b";
        assertThat(refusal(admin, "hasty", sql)).contains("ran longer than this connection allows (2.0 seconds)");
        Duration took = ended("past_the_timeout");
        System.out.println(
                "Trino: a statement past its timeout ended on the cluster " + took.toMillis() + " ms after the answer");
        // the cluster's own limit, in case no request to cancel reaches it
        assertThat(trino.settings(trino.queries("past_the_timeout").get(0)).getString("query_max_run_time"))
                .isEqualTo("4s");
    }

    @Test
    void cancellingTheCallEndsTheStatementOnTheCluster() {
        JsonObject call = McpConversation.callParams(
                "sql_query",
                Map.of(
                        "connection",
                        "tiny",
                        "sql",
                        "SELECT count(*) AS cancelled_by_the_client FROM sf1.lineitem a, sf1.lineitem b"));
        int id = admin.begin("tools/call", call);
        Eventually.within(
                TO_END,
                "the statement runs",
                () -> trino.queries("cancelled_by_the_client").stream()
                        .anyMatch(query -> query.state().equals("RUNNING")));
        admin.send(Json.write(Json.object()
                .add("jsonrpc", "2.0")
                .add("method", "notifications/cancelled")
                .add("params", Json.object().add("requestId", id))
                .build()));
        System.out.println("Trino: a cancelled statement ended on the cluster within "
                + ended("cancelled_by_the_client").toMillis() + " ms");
        assertThat(trino.queries("cancelled_by_the_client").get(0).error()).isEqualTo("USER_CANCELED");
    }

    private Duration ended(String text) {
        return Eventually.within(
                TO_END,
                "the statement ends on the cluster",
                () -> trino.queries(text).stream().noneMatch(TrinoServer.Query::runs));
    }

    @Test
    void aConnectionWithACatalogListsItsSchemas() {
        JsonObject listed = structured(admin.call("sql_list_tables", Map.of("connection", "tiny")));
        assertThat(listed.getJsonObject("database").getString("product")).isEqualTo("Trino");
        // the connection's own schema comes first
        assertThat(listed.getJsonArray("tables").getJsonObject(0).toString())
                .isEqualTo("{\"schema\":\"tiny\",\"name\":\"customer\",\"type\":\"TABLE\"}");
        assertThat(schemas(listed)).contains("sf1").doesNotContain("information_schema", "sales");
        JsonObject orders =
                structured(admin.call("sql_describe_table", Map.of("connection", "tiny", "table", "orders")));
        assertThat(orders.getString("schema")).isEqualTo("tiny");
        assertThat(orders.getJsonArray("columns").getJsonObject(2).toString())
                .isEqualTo("{\"name\":\"orderstatus\",\"type\":\"varchar(1)\",\"nullable\":false}");
        assertThat(structured(admin.call(
                                "sql_describe_table", Map.of("connection", "tiny", "table", "tpch.sf1.orders")))
                        .getString("schema"))
                .isEqualTo("sf1");
        JsonObject found =
                structured(admin.call("sql_search", Map.of("connection", "tiny", "query", "priority of orders")));
        assertThat(found.getJsonArray("tables").getJsonObject(0).getString("table"))
                .isEqualTo("tiny.orders");
    }

    @Test
    void aConnectionWithoutACatalogListsAllOfThem() {
        JsonObject listed = structured(admin.call("sql_list_tables", Map.of("connection", "everything")));
        assertThat(schemas(listed))
                .contains("memory.sales", "hive.retail", "tpch.tiny")
                .doesNotContain("memory.hidden", "memory.information_schema", "system.runtime", "system.jdbc");
        JsonObject deals = structured(
                admin.call("sql_describe_table", Map.of("connection", "everything", "table", "memory.sales.deals")));
        assertThat(deals.getString("schema")).isEqualTo("memory.sales");
        assertThat(deals.getJsonArray("columns").getJsonObject(0).toString())
                .isEqualTo("{\"name\":\"owner\",\"type\":\"varchar\",\"nullable\":true,\"comment\":\"who sold\"}");
        JsonObject found = structured(
                admin.call("sql_search", Map.of("connection", "everything", "query", "deals that were sold")));
        assertThat(found.getJsonArray("tables").getJsonObject(0).getString("table"))
                .isEqualTo("memory.sales.deals");
        assertThat(rows(admin, "everything", "SELECT count(*) FROM tpch.tiny.orders"))
                .isEqualTo("[[15000]]");
        assertThat(refusal(admin, "everything", "SELECT * FROM memory.hidden.secrets"))
                .startsWith("Unknown table: memory.hidden.secrets");
        assertThat(refusal(admin, "everything", "SELECT * FROM memory.sales.deal"))
                .contains("Near names: memory.sales.deals");
        // without a catalog in the URL a statement must name it
        assertThat(refusal(admin, "everything", "SELECT * FROM tiny.orders")).startsWith("Unknown table: tiny.orders");
    }

    private static List<String> schemas(JsonObject listed) {
        return listed.getJsonArray("tables").getValuesAs(JsonObject.class).stream()
                .map(table -> table.getString("schema"))
                .distinct()
                .toList();
    }

    @Test
    void theClustersErrorsHelpToFixTheStatement() {
        assertThat(refusal(admin, "tiny", "SELECT *\nFROM ordrs"))
                .isEqualTo("The database refused the query: Table 'tpch.tiny.ordrs' does not exist\n"
                        + "line 2, column 6:\nFROM ordrs\n     ^\nNear names: orders, sf1.orders, sf100.orders");
        assertThat(refusal(admin, "tiny", "SELECT ordrkey FROM orders")).contains("Near names: orderkey");
        assertThat(refusal(admin, "tiny", "SELECT FROM orders")).contains("mismatched input 'FROM'");
        assertThat(refusal(admin, "tiny", "SELECT 1 / 0"))
                .isEqualTo("The database refused the query: Division by zero");
    }

    @Test
    void valuesOfTrinosTypesAreJson() {
        assertThat(rows(admin, "tiny", """
                        SELECT DECIMAL '1.50', ARRAY[ARRAY[1], ARRAY[2]], MAP(ARRAY['a'], ARRAY[1]),
                          CAST(ROW(1, 'x') AS ROW(i integer, s varchar)), TIMESTAMP '2020-01-01 01:02:03.123456',
                          TIMESTAMP '2020-07-01 01:02:03 Europe/Berlin', INTERVAL '1' DAY, JSON '{"a":1}', X'4D', nan(),
                          IPADDRESS '10.0.0.1', 9007199254740993"""))
                .isEqualTo("[[1.50,[[1],[2]],{\"a\":1},{\"i\":1,\"s\":\"x\"},\"2020-01-01T01:02:03.123456\","
                        + "\"2020-07-01T01:02:03+02:00\",\"1 00:00:00.000\",\"{\\\"a\\\":1}\",\"TQ==\",\"NaN\","
                        + "\"10.0.0.1\",\"9007199254740993\"]]");
        JsonObject limited = structured(admin.request(
                "tools/call",
                Json.object()
                        .add("name", "sql_query")
                        .add(
                                "arguments",
                                Json.object()
                                        .add("connection", "tiny")
                                        .add("sql", "SELECT orderkey FROM orders WHERE orderkey > ? AND clerk <> ?")
                                        .add("parameters", Json.array().add(7).add("x"))
                                        .add("max_rows", 3))
                        .build()));
        assertThat(limited.getString("truncatedBy")).isEqualTo("rows");
        assertThat(limited.getInt("rowCount")).isEqualTo(3);
    }

    @Test
    void columnsAreProfiled() {
        JsonObject profile = structured(admin.call("sql_profile", Map.of("connection", "tiny", "table", "orders")));
        assertThat(profile.toString()).contains("orderstatus").contains("15000");
    }

    @Test
    void aNamedQueryAsksTheCluster() {
        JsonObject answer = structured(analyst.call("orders_of", Map.of("status", "P")));
        assertThat(answer.getJsonArray("rows").toString()).isEqualTo("[[363]]");
    }

    @Test
    void rowsAreExportedAsAFile() {
        JsonObject told = structured(admin.call(
                "sql_export",
                Map.of("connection", "tiny", "sql", "SELECT orderkey, clerk FROM orders", "format", "csv")));
        assertThat(told.getInt("rows")).isEqualTo(15_000);
        String file = web.get(
                        "/api/v1/exports/" + told.getString("uri").substring("export://".length()),
                        platform.key("admin"))
                .body();
        assertThat(file.lines()).hasSize(15_001);
    }

    @Test
    void aStatementWhosePlanIsTooLargeIsNotRun() {
        assertThat(rows(admin, "limited", "SELECT count(*) FROM orders")).isEqualTo("[[15000]]");
        assertThat(refusal(admin, "limited", "SELECT count(*) AS not_run FROM lineitem"))
                .startsWith(
                        "The statement was not run: the database estimates rows of 60180 for the largest step of its"
                                + " plan (scan of tiny.lineitem), and the connection limited allows rows of 20000.");
        assertThat(trino.queries("AS not_run FROM lineitem"))
                .allMatch(query -> query.sql().startsWith("EXPLAIN (TYPE IO, FORMAT JSON) "));
        assertThat(structured(admin.call(
                                "sql_explain", Map.of("connection", "tiny", "sql", "SELECT count(*) FROM orders")))
                        .getJsonArray("plan")
                        .getValuesAs(JsonString::getString))
                .anyMatch(line -> line.contains("tpch:tiny:orders"));
    }
}
