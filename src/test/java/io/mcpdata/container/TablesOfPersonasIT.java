package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.json.Json;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two personas with different tables of one connection, which hides a table from both. */
@ArquillianTest
@OnOneServer
final class TablesOfPersonasIT {

    private static final String PERSONAS = """
            personas:
              clerk:
                roles: [clerk]
                priority: 30
                tools: {allow: ["*"]}
                connections: {allow: [warehouse]}
                resources: {allow: ["table://*"]}
                tables: {allow: ["warehouse/*"], deny: ["*/*.customers", "*/*.monthly_sales"]}
              buyer:
                roles: [buyer]
                priority: 31
                tools: {allow: ["*"]}
                connections: {allow: [warehouse]}
                resources: {allow: ["table://*"]}
                tables: {allow: ["warehouse/retail.products", "warehouse/retail.customers"]}
            """;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final List<String> ids = new ArrayList<>();
    private McpConversation clerk;
    private McpConversation buyer;

    @BeforeEach
    void begin() {
        configure(platform.originalYaml()
                .replaceFirst("personas:\n", PERSONAS)
                .replace(
                        "{demo: retail, max_rows: 100, timeout: 2s}",
                        "{demo: retail, max_rows: 100, tables: {deny: [\"*.returns\"]}}"));
        clerk = McpConversation.begin(web, newKey("clerk"));
        buyer = McpConversation.begin(web, newKey("buyer"));
    }

    @AfterEach
    void restore() {
        clerk.close();
        buyer.close();
        ids.forEach(id ->
                web.send(web.to("/api/v1/keys/" + id, platform.key("admin")).DELETE()));
        configure(platform.originalYaml());
    }

    private void configure(String yaml) {
        platform.configure(yaml);
        Answer read = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(read.status()).as(read.body()).isEqualTo(200);
    }

    private String newKey(String role) {
        Answer made = web.post(
                "/api/v1/keys",
                platform.key("admin"),
                "{\"name\":\"" + role + "-" + System.nanoTime() + "\",\"roles\":[\"" + role + "\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        ids.add(made.json().getString("key_id"));
        return made.json().getString("key");
    }

    @Test
    void twoPersonasFindDifferentTablesInOneDatabase() {
        assertThat(tables(clerk)).containsExactly("ORDERS", "ORDER_LINES", "PRODUCTS");
        assertThat(tables(buyer)).containsExactly("CUSTOMERS", "PRODUCTS");
        assertThat(uris(clerk))
                .containsExactly(
                        "table://warehouse/RETAIL/ORDERS",
                        "table://warehouse/RETAIL/ORDER_LINES",
                        "table://warehouse/RETAIL/PRODUCTS");
        assertThat(uris(buyer))
                .containsExactly("table://warehouse/RETAIL/CUSTOMERS", "table://warehouse/RETAIL/PRODUCTS");
        assertThat(completed(clerk)).containsExactly("ORDERS", "ORDER_LINES");
        assertThat(completed(buyer)).isEmpty();

        assertThat(structured(clerk.query(
                                "SELECT COUNT(*) FROM orders o JOIN order_lines l ON l.order_id = o.order_id"))
                        .getInt("rowCount"))
                .isEqualTo(1);
        assertThat(structured(buyer.query("WITH c AS (SELECT * FROM customers) SELECT COUNT(*) FROM c"))
                        .getInt("rowCount"))
                .isEqualTo(1);
        // the customers are at the other end of a key, the returns too
        assertThat(structured(describe(clerk, "orders")).toString())
                .contains("ORDER_LINES")
                .doesNotContain("CUSTOMERS");
        assertThat(structured(describe(clerk, "order_lines")).toString()).doesNotContain("RETURNS");
        assertThat(read(clerk, "ORDERS").toString()).contains("ORDER_LINES").doesNotContain("CUSTOMERS");
    }

    @Test
    void hiddenTableIsAnsweredAsOneThatDoesNotExistAndTheAuditRowHasTheRule() {
        for (String sql : List.of(
                "SELECT * FROM %s",
                "SELECT * FROM retail.%s x",
                "WITH orders AS (SELECT * FROM %s) SELECT 1",
                "SELECT (SELECT MAX(name) FROM %s) FROM orders")) {
            for (String tool : List.of("sql_query", "sql_explain")) {
                assertThat(asked(tool, sql.formatted("customers")).replace("customers", "X"))
                        .startsWith("Unknown table: ")
                        .isEqualTo(asked(tool, sql.formatted("custumurs")).replace("custumurs", "X"));
            }
        }
        assertThat(text(describe(clerk, "customers"))).isEqualTo(text(describe(clerk, "absent")));
        assertThat(error(read(clerk, "CUSTOMERS")).replace("CUSTOMERS", "X"))
                .isEqualTo(error(read(clerk, "ABSENT")).replace("ABSENT", "X"));
        assertThat(text(clerk.query("SELECT * FROM INFORMATION_SCHEMA.TABLES"))).contains("sql_list_tables");

        String rows = web.get("/api/v1/audit?category=table_denied&since=5m", platform.key("admin"))
                .body();
        assertThat(rows).contains("\"rule\":\"tables.deny[*/*.customers]\"", "\"outcome\":\"DENIED\"", "RESOURCE_READ");
    }

    @Test
    void operatorIsToldWhichRuleDecidesOnATable() {
        JsonObject answer =
                web.post("/api/v1/access", platform.key("admin"), """
                        {"roles": ["clerk"], "tables": ["warehouse/RETAIL.CUSTOMERS", "warehouse/RETAIL.RETURNS",
                          "warehouse/retail.orders", "archive/RETAIL.ORDERS", "orders"]}""").json();
        assertThat(answer.getJsonArray("decisions").stream()
                        .map(JsonValue::asJsonObject)
                        .map(decision -> decision.getBoolean("allowed") + " " + decision.getString("rule")))
                .containsExactly(
                        "false tables.deny[*/*.customers]",
                        "false connections.warehouse.tables.deny[*.returns]",
                        "true tables.allow[warehouse/*]",
                        "false connections: no allow matches",
                        "false no name of a table; write CONNECTION/SCHEMA.TABLE");
        assertThat(answer.getJsonArray("resources").toString())
                .contains("tables [not */*.customers, not */*.monthly_sales, warehouse/*]");
        assertThat(web.get("/api/v1/access?role=buyer&table=warehouse/RETAIL.ORDERS", platform.key("admin"))
                        .body())
                .contains("\"kind\":\"table\"", "tables: no allow matches");
    }

    private String asked(String tool, String sql) {
        return text(clerk.call(tool, Map.of("connection", "warehouse", "sql", sql)));
    }

    private static JsonObject describe(McpConversation caller, String table) {
        return caller.call("sql_describe_table", Map.of("connection", "warehouse", "table", table));
    }

    private static List<String> tables(McpConversation caller) {
        return structured(caller.call("sql_list_tables", Map.of("connection", "warehouse")))
                .getJsonArray("tables")
                .stream()
                .map(table -> table.asJsonObject().getString("name"))
                .toList();
    }

    private static List<String> uris(McpConversation caller) {
        return caller
                .request("resources/list", JsonValue.EMPTY_JSON_OBJECT)
                .getJsonObject("result")
                .getJsonArray("resources")
                .stream()
                .map(resource -> resource.asJsonObject().getString("uri"))
                .toList();
    }

    private static List<String> completed(McpConversation caller) {
        return caller
                .request(
                        "completion/complete",
                        Json.readObject(
                                "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"table://{connection}/{schema}/{table}\"},"
                                        + "\"argument\":{\"name\":\"table\",\"value\":\"ORD\"},"
                                        + "\"context\":{\"arguments\":{\"connection\":\"warehouse\",\"schema\":\"RETAIL\"}}}"))
                .getJsonObject("result")
                .getJsonObject("completion")
                .getJsonArray("values")
                .stream()
                .map(value -> ((jakarta.json.JsonString) value).getString())
                .toList();
    }

    private static JsonObject read(McpConversation caller, String table) {
        return caller.request(
                "resources/read",
                Json.object().add("uri", "table://warehouse/RETAIL/" + table).build());
    }

    private static String error(JsonObject answer) {
        return answer.getJsonObject("error").toString();
    }
}
