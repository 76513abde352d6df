package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A persona with masked columns and filtered rows beside one without. */
@ArquillianTest
@OnOneServer
final class RestrictionsIT {

    private static final String PERSONAS = """
            personas:
              masked:
                roles: [masked]
                priority: 30
                tools: {allow: ["*"]}
                connections: {allow: [warehouse]}
                resources: {allow: ["table://*"]}
                masks:
                  - {columns: "warehouse/retail.customers.name", show: hash}
                  - {columns: "warehouse/*.customers.joined_on", show: nothing}
                  - {columns: "*/*.*.reason", text: "(not for you)"}
                filters:
                  - {tables: "warehouse/retail.customers", where: "country = 'DE'"}
                  - {tables: "warehouse/retail.returns", where: "reason <> :name", values: {name: name}}
            """;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String id = "";
    private McpConversation masked;
    private McpConversation open;

    @BeforeEach
    void begin() {
        configure(platform.originalYaml().replaceFirst("personas:\n", PERSONAS));
        Answer made =
                web.post("/api/v1/keys", platform.key("admin"), "{\"name\":\"masked-caller\",\"roles\":[\"masked\"]}");
        id = made.json().getString("key_id");
        masked = McpConversation.begin(web, made.json().getString("key"));
        open = McpConversation.begin(web, platform.key("analyst"));
    }

    @AfterEach
    void restore() {
        masked.close();
        open.close();
        web.send(web.to("/api/v1/keys/" + id, platform.key("admin")).DELETE());
        configure(platform.originalYaml());
    }

    private void configure(String yaml) {
        platform.configure(yaml);
        Answer read = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(read.status()).as(read.body()).isEqualTo(200);
    }

    private static JsonArray rows(McpConversation caller, String sql) {
        return structured(caller.query(sql)).getJsonArray("rows");
    }

    @Test
    void personaGetsMaskedValuesAndItsRowsByEveryTool() {
        String all = "SELECT name, country, joined_on FROM customers WHERE country = 'DE' ORDER BY customer_id LIMIT 5";
        JsonArray real = rows(open, all);
        JsonArray shown = rows(masked, all.replace("WHERE country = 'DE' ", ""));
        assertThat(shown).hasSameSizeAs(real);
        for (int i = 0; i < shown.size(); i++) {
            assertThat(shown.getJsonArray(i).getString(0)).matches("[0-9a-f]{16}");
            assertThat(shown.getJsonArray(i).getString(1)).isEqualTo("DE");
            assertThat(shown.getJsonArray(i).isNull(2)).isTrue();
        }
        assertThat(rows(masked, "SELECT COUNT(*) FROM customers WHERE country <> 'DE'"))
                .hasToString("[[0]]");
        assertThat(rows(masked, "SELECT DISTINCT reason FROM returns")).hasToString("[[\"(not for you)\"]]");
        String first = real.getJsonArray(0).getString(0);
        JsonObject guess = masked.query("SELECT COUNT(*) FROM customers WHERE name = '" + first + "'");
        assertThat(text(guess)).contains("The column name of RETAIL.CUSTOMERS is masked for you");
        assertThat(rows(masked, "SELECT COUNT(*) FROM (SELECT name AS n FROM customers) x WHERE x.n = '" + first + "'"))
                .hasToString("[[0]]");
        assertThat(text(masked.call(
                        "sql_explain", Map.of("connection", "warehouse", "sql", "SELECT country FROM customers"))))
                .contains("a plan shows their conditions");
        assertThat(rows(masked, all.replace("WHERE country = 'DE' ", "")))
                .as("the same hashes again")
                .isEqualTo(shown);
        assertThat(structured(masked.call(
                                "sql_describe_table", Map.of("connection", "warehouse", "table", "customers")))
                        .getJsonArray("columns")
                        .toString())
                .contains("\"masked\":\"hash\"", "\"masked\":\"nothing\"");
        assertThat(platform.server().log()).doesNotContain(first);
    }

    @Test
    void operatorIsToldWhichRulesRestrictATableAndAWrongRuleIsRefused() {
        JsonObject answer = web.post(
                        "/api/v1/access",
                        platform.key("admin"),
                        "{\"roles\": [\"masked\"], \"tables\": [\"warehouse/RETAIL.CUSTOMERS\", \"warehouse/RETAIL.ORDERS\"]}")
                .json();
        List<JsonObject> decisions = answer.getJsonArray("decisions").getValuesAs(JsonObject.class);
        assertThat(decisions.get(0).getJsonArray("restrictions").toString())
                .contains("masks[0]: hash", "masks[1]: nothing", "filters[0]")
                .doesNotContain("filters[1]", "DE");
        assertThat(decisions.get(1).getJsonArray("restrictions").toString())
                .as("a mask of every table")
                .contains("masks[2]: text");

        platform.configure(platform.originalYaml()
                .replaceFirst("personas:\n", PERSONAS.replace("country = 'DE'", "country = 'DE') OR (1 = 1")));
        Answer refused = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(refused.body()).contains("personas.masked.filters[0].where", "closed quotes and brackets");
        assertThat(rows(masked, "SELECT COUNT(*) FROM customers WHERE country <> 'DE'"))
                .as("the configuration before stays in force")
                .hasToString("[[0]]");
    }
}
