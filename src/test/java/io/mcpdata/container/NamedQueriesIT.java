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
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of the configuration as tools, under personas. */
@ArquillianTest
@OnOneServer
final class NamedQueriesIT {

    private static final String QUERIES = """
            queries:
              orders_of:
                title: Orders
                description: Orders of a customer
                connection: warehouse
                sql: >
                  SELECT order_id, status FROM orders WHERE customer_id = :customer AND status <> :status
                  AND (:since IS NULL OR ordered_on >= :since) ORDER BY order_id
                max_rows: 2
                parameters:
                  customer: {type: integer, minimum: 1}
                  status: {max_length: 30, default: none}
                  since: {type: date, required: false}
              own_name:
                description: The caller
                connection: warehouse
                sql: "SELECT :who AS who, :what AS what"
                parameters: {who: {from: name}, what: {values: [a, b]}}
              of_claim:
                description: Orders of a region
                connection: warehouse
                sql: "SELECT :region AS region"
                parameters: {region: {from: "claim:region"}}
              in_archive:
                description: In another connection
                connection: archive
                sql: SELECT 1 AS one
            """;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private McpConversation viewer;

    @BeforeEach
    void begin() {
        // the viewer has no sql_query, and no connection archive
        viewer = McpConversation.begin(web, platform.key("viewer"));
    }

    @AfterEach
    void restore() {
        viewer.close();
        configure(platform.originalYaml());
    }

    private void configure(String yaml) {
        platform.configure(yaml);
        Answer read = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(read.status()).as(read.body()).isEqualTo(200);
    }

    @Test
    void namedQueriesAreToolsWithinTheirParameters() {
        assertThat(names(viewer)).hasSize(5);
        configure(platform.originalYaml() + QUERIES);

        assertThat(viewer.stream().next("message").data()).contains("notifications/tools/list_changed");
        assertThat(names(viewer))
                .hasSize(8)
                .contains("orders_of", "own_name", "of_claim")
                .doesNotContain("sql_query", "in_archive");
        assertThat(error(viewer, "in_archive", "{}")).contains("Unknown tool: in_archive");
        assertThat(web.get("/api/v1/access?role=viewer&tool=in_archive", platform.key("admin"))
                        .body())
                .contains("\"allowed\":false,\"rule\":\"connections: no allow matches\"");
        JsonObject orders = structured(call(viewer, "orders_of", "{\"customer\": 7, \"since\": \"2000-01-01\"}"));
        assertThat(orders.getInt("rowCount")).isEqualTo(2);
        assertThat(orders.getBoolean("truncated")).isTrue();
        for (String injected : List.of("' OR 1=1 --", "'; DROP TABLE orders; --", "x' UNION SELECT name", ":since ?")) {
            String arguments = Json.write(Json.object()
                    .add("customer", 999_999_999)
                    .add("status", injected)
                    .build());
            assertThat(structured(call(viewer, "orders_of", arguments)).getInt("rowCount"))
                    .as(injected)
                    .isZero();
        }
        Map<String, String> wrong = Map.of(
                "{}",
                "arguments lacks customer (integer)",
                "{\"customer\": \"7\"}",
                "arguments.customer must be integer",
                "{\"customer\": 0}",
                "arguments.customer must be at least 1",
                "{\"customer\": 7, \"status\": \"" + "x".repeat(31) + "\"}",
                "must have at most 30 characters");
        wrong.forEach((arguments, message) ->
                assertThat(error(viewer, "orders_of", arguments)).contains(message));
        assertThat(text(call(viewer, "orders_of", "{\"customer\": 7, \"since\": \"yesterday\"}")))
                .isEqualTo("Invalid arguments: arguments.since must be a date such as 2026-01-31");
        assertThat(error(viewer, "own_name", "{\"what\": \"c\"}")).contains("arguments.what must be one of");

        assertThat(structured(call(viewer, "own_name", "{\"what\": \"a\", \"who\": \"admin\"}"))
                        .getJsonArray("rows"))
                .hasToString("[[\"viewer-service\",\"a\"]]");
        assertThat(text(call(viewer, "of_claim", "{\"region\": \"north\"}")))
                .contains("of_claim is not open to you", "claim:region");
        assertThat(web.get("/api/v1/audit?category=identity_missing&since=5m", platform.key("admin"))
                        .body())
                .contains("\"tool\":\"of_claim\"", "\"connection\":\"warehouse\"");
        assertThat(web.get("/api/v1/config", platform.key("admin")).body())
                .contains("\"orders_of\"", "claim:region")
                .doesNotContain("SELECT order_id");

        configure(platform.originalYaml());
        assertThat(names(viewer)).hasSize(5);
        assertThat(error(viewer, "own_name", "{\"what\": \"a\"}")).contains("Unknown tool: own_name");
    }

    private static JsonObject call(McpConversation caller, String tool, String arguments) {
        return caller.request(
                "tools/call",
                Json.object()
                        .add("name", tool)
                        .add("arguments", Json.readObject(arguments))
                        .build());
    }

    private static String error(McpConversation caller, String tool, String arguments) {
        return call(caller, tool, arguments).getJsonObject("error").getString("message");
    }

    private static List<String> names(McpConversation caller) {
        return caller
                .request("tools/list", JsonValue.EMPTY_JSON_OBJECT)
                .getJsonObject("result")
                .getJsonArray("tools")
                .stream()
                .map(tool -> tool.asJsonObject().getString("name"))
                .toList();
    }
}
