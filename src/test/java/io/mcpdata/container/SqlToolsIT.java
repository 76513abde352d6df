package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What data a persona sees, what it does not see, and what the guard refuses. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class SqlToolsIT {

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private McpConversation analyst;

    @BeforeEach
    void begin() {
        analyst = McpConversation.begin(web, platform.key("analyst"));
    }

    @AfterEach
    void close() {
        analyst.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    admin   | platform_info list_connections sql_search sql_list_tables sql_describe_table sql_profile sql_query sql_explain sql_export
                    analyst | platform_info list_connections sql_search sql_list_tables sql_describe_table sql_profile sql_query sql_export
                    viewer  | platform_info list_connections sql_search sql_list_tables sql_describe_table
                    """)
    void everyPersonaSeesItsOwnTools(String persona, String expected) {
        try (McpConversation conversation = McpConversation.begin(web, platform.key(persona))) {
            JsonObject list = conversation.request("tools/list", JsonValue.EMPTY_JSON_OBJECT);

            assertThat(list.getJsonObject("result").getJsonArray("tools").stream()
                            .map(tool -> tool.asJsonObject().getString("name")))
                    .containsExactly(expected.strip().split(" "));
        }
    }

    @Test
    void deniedToolIsReportedInTheWordsOfAnUnknownOne() {
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            JsonObject denied = error(viewer.call("sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1")));
            JsonObject unknown = error(viewer.call("sql_guess", Map.of()));

            assertThat(denied.getInt("code")).isEqualTo(unknown.getInt("code"));
            assertThat(denied.getString("message").replace("sql_query", "X"))
                    .isEqualTo(unknown.getString("message").replace("sql_guess", "X"));
        }
    }

    @Test
    void deniedConnectionIsReportedInTheWordsOfAnUnknownOne() {
        String denied = text(analyst.call("sql_list_tables", Map.of("connection", "archive")));
        String unknown = text(analyst.call("sql_list_tables", Map.of("connection", "nowhere")));

        assertThat(denied.replace("archive", "X")).isEqualTo(unknown.replace("nowhere", "X"));
        assertThat(structured(analyst.call("list_connections", Map.of())).toString())
                .contains("warehouse")
                .doesNotContain("archive");
        assertThat(structured(analyst.call("platform_info", Map.of())).toString())
                .doesNotContain("archive");
    }

    @Test
    void platformInfoTellsTheAgentWhoItIs() {
        JsonObject info = structured(analyst.call("platform_info", Map.of()));

        assertThat(info.getJsonObject("caller").getString("name")).isEqualTo("analyst-service");
        assertThat(info.getJsonObject("persona").getString("displayName")).isEqualTo("Data Analyst");
    }

    @Test
    void queryGivesTheFiguresOfTheWarehouse() {
        JsonObject result = structured(
                analyst.query("SELECT COUNT(*) AS orders, COUNT(DISTINCT customer_id) AS customers FROM orders"));

        assertThat(result.getJsonArray("columns").getJsonObject(0).getString("name"))
                .isEqualTo("ORDERS");
        assertThat(result.getJsonArray("columns").getJsonObject(0).getString("type"))
                .isEqualTo("BIGINT");
        assertThat(result.getJsonArray("rows").getJsonArray(0).getInt(0)).isEqualTo(8000);
        assertThat(result.getBoolean("truncated")).isFalse();
    }

    @Test
    void resultIsCutAtTheConnectionsRowLimitAndSaysSo() {
        JsonObject result = structured(analyst.query("SELECT order_id FROM orders"));

        assertThat(result.getInt("rowCount")).isEqualTo(100);
        assertThat(result.getBoolean("truncated")).isTrue();
        assertThat(result.getString("truncatedBy")).isEqualTo("rows");
    }

    @Test
    void tableIsDescribedWithTypesKeysAndComments() {
        JsonObject table = structured(
                analyst.call("sql_describe_table", Map.of("connection", "warehouse", "table", "order_lines")));

        assertThat(table.getString("comment")).contains("revenue is quantity * unit_price");
        assertThat(strings(table, "primaryKey")).containsExactly("ORDER_ID", "LINE_NO");
        assertThat(table.getJsonArray("foreignKeys")).hasSize(2);
        assertThat(table.getJsonArray("referencedBy")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE customers",
                "DELETE FROM customers",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE customers",
                "SELECT * FROM customers FOR UPDATE",
                "WITH gone AS (DELETE FROM customers) SELECT 1",
                "SELECT * INTO elsewhere FROM customers",
                "CALL SYSTEM_EXIT(0)",
                "SELECT FILE_READ('/etc/passwd')",
                "SELECT * FROM INFORMATION_SCHEMA.USERS",
                "SELECT 1 /* hidden */; DROP TABLE customers",
                "SELECT 1 -- hidden\n; DROP TABLE customers",
                "SHUTDOWN"
            })
    void whatIsNotOneReadIsRefusedAndNothingIsLost(String sql) {
        JsonObject answer = analyst.query(sql);

        assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
        assertThat(text(answer)).startsWith("Statement refused: ");
        assertThat(structured(analyst.query("SELECT COUNT(*) FROM customers"))
                        .getJsonArray("rows")
                        .getJsonArray(0)
                        .getInt(0))
                .isEqualTo(2000);
    }

    @Test
    void queryThatRunsTooLongIsStoppedAndSaysSo() {
        long begin = System.nanoTime();
        JsonObject answer =
                analyst.query("SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100");

        assertThat(text(answer)).contains("ran longer than this connection allows");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void databaseThatIsNotThereIsNamedByItsConnectionAndNothingElse() {
        String text = text(analyst.call("sql_list_tables", Map.of("connection", "unreachable")));

        assertThat(text).isEqualTo("The connection unreachable is not available right now.");
    }

    @Test
    void mistakeInAStatementIsExplainedSoThatItCanBeFixed() {
        assertThat(text(analyst.query("SELECT nonsense FROM customers"))).contains("NONSENSE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"sql_query\",\"arguments\":{\"connection\":\"warehouse\"}}",
                "{\"name\":\"sql_query\",\"arguments\":{\"connection\":1,\"sql\":\"SELECT 1\"}}",
                "{\"name\":\"sql_query\",\"arguments\":[]}",
                "{\"arguments\":{}}",
                "{\"name\":5}"
            })
    void argumentsThatDoNotFitTheSchemaAreInvalidParams(String params) {
        analyst.send("{\"jsonrpc\":\"2.0\",\"id\":900,\"method\":\"tools/call\",\"params\":" + params + "}");

        assertThat(error(analyst.stream().answer(900)).getInt("code")).isEqualTo(-32602);
    }

    @Test
    void nullIsNotGivenAndMembersOfWorkflowEnginesArePassedOver() {
        analyst.send(
                "{\"jsonrpc\":\"2.0\",\"id\":901,\"method\":\"tools/call\",\"params\":{\"name\":\"sql_query\",\"arguments\":"
                        + "{\"connection\":\"warehouse\",\"sql\":\"SELECT 1\",\"parameters\":null,\"max_rows\":null,"
                        + "\"toolCallId\":\"x\",\"sessionId\":null}}}");

        assertThat(structured(analyst.stream().answer(901)).getInt("rowCount")).isEqualTo(1);
    }

    @Test
    void missingArgumentNamesTheUnknownOneBesideIt() {
        JsonObject error = error(analyst.call("sql_query", Map.of("connection", "warehouse", "sq", "SELECT 1")));

        assertThat(error.getString("message"))
                .isEqualTo(
                        "Invalid arguments: arguments lacks sql (string); sq is not known; known are connection, sql,"
                                + " parameters, max_rows");
    }

    private static JsonObject error(JsonObject answer) {
        assertThat(answer).containsKey("error");
        return answer.getJsonObject("error");
    }

    private static List<String> strings(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }
}
