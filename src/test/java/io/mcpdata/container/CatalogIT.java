package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The catalogue, the persona of one country and the masked column of the demo's configuration, and files of words. */
@ArquillianTest
@OnOneServer
final class CatalogIT {

    private static final String WORDS = "words-%s.yaml";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final Map<String, String> made = new HashMap<>();
    private Path words;

    @BeforeEach
    void begin() throws IOException {
        words = platform.configurationFile()
                .resolveSibling(WORDS.formatted(platform.server().hashCode()));
        Files.writeString(words, "glossary: {turnover: {definition: The same as revenue}}\n");
        String demo = Files.readString(Path.of("demo/platform.yaml"));
        String germany = part(demo, "  germany:\n", "  viewer:\n");
        String catalog = part(demo, "catalog:\n", "prompts:\n")
                .replaceFirst("catalog:\n", "catalog:\n  files: [" + words.getFileName() + "]\n");
        configure(
                platform.originalYaml().replaceFirst("personas:\n", "personas:\n" + quoted(germany)) + "\n" + catalog);
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }

    private static String part(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to));
    }

    @AfterEach
    void restore() throws IOException {
        made.keySet()
                .forEach(id -> web.send(
                        web.to("/api/v1/keys/" + id, platform.key("admin")).DELETE()));
        configure(platform.originalYaml());
        Files.deleteIfExists(words);
    }

    private void configure(String yaml) {
        platform.configure(yaml);
        Answer read = web.post("/api/v1/config/reload", platform.key("admin"), "");
        assertThat(read.status()).as(read.body()).isEqualTo(200);
    }

    private McpConversation callerOf(String role) {
        Answer answer = web.post(
                "/api/v1/keys", platform.key("admin"), "{\"name\":\"" + role + "\",\"roles\":[\"" + role + "\"]}");
        made.put(answer.json().getString("key_id"), role);
        return McpConversation.begin(web, answer.json().getString("key"));
    }

    private static String rows(McpConversation caller, String sql) {
        return structured(caller.query(sql)).getJsonArray("rows").toString();
    }

    @Test
    void demoPersonaSeesOneCountryWithoutNamesByEveryTool() {
        try (McpConversation germany = callerOf("sales_germany");
                McpConversation all = McpConversation.begin(web, platform.key("admin"))) {
            assertThat(rows(germany, "SELECT DISTINCT country FROM customers")).isEqualTo("[[\"DE\"]]");
            String german = " JOIN customers c ON c.customer_id = o.customer_id WHERE c.country = 'DE'";
            for (String from : new String[] {
                "orders o",
                "order_lines l JOIN orders o ON o.order_id = l.order_id",
                "returns r JOIN orders o ON o.order_id = r.order_id"
            }) {
                assertThat(rows(germany, "SELECT COUNT(*) FROM " + from))
                        .as(from)
                        .isEqualTo(rows(all, "SELECT COUNT(*) FROM " + from + german))
                        .isNotEqualTo(rows(all, "SELECT COUNT(*) FROM " + from));
            }
            assertThat(rows(germany, "SELECT name FROM customers ORDER BY customer_id LIMIT 1"))
                    .matches("\\[\\[\"[0-9a-f]{16}\"]]");

            JsonObject described = structured(
                    germany.call("sql_describe_table", Map.of("connection", "warehouse", "table", "customers")));
            assertThat(described.toString())
                    .contains("\"masked\":\"hash\"", "\"samples\":[\"DE\"]")
                    .doesNotContain("rowEstimate");
            JsonObject figures =
                    structured(germany.call("sql_profile", Map.of("connection", "warehouse", "table", "customers")));
            assertThat(figures.getJsonArray("masked")).hasToString("[\"NAME\"]");
            assertThat("[[" + figures.getInt("rows") + "]]")
                    .isEqualTo(rows(all, "SELECT COUNT(*) FROM customers WHERE country = 'DE'"));

            for (JsonObject answer : new JsonObject[] {
                germany.call("sql_list_tables", Map.of("connection", "warehouse")),
                germany.call("sql_search", Map.of("query", "monthly sales amount")),
                germany.call("sql_describe_table", Map.of("connection", "warehouse", "table", "monthly_sale"))
            }) {
                assertThat(answer.toString()).doesNotContainIgnoringCase("monthly_sales\"");
            }
            assertThat(text(germany.query("SELECT * FROM monthly_sales"))).startsWith("Unknown table: monthly_sales");
        }
    }

    @Test
    void wordsOfTheOperatorAreFoundAndDeprecationIsToldFirst() {
        try (McpConversation all = McpConversation.begin(web, platform.key("admin"))) {
            JsonObject found = structured(
                    all.call("sql_search", Map.of("query", "How much turnover?", "connection", "warehouse")));
            assertThat(found.getJsonArray("tables").getJsonObject(0).getString("table"))
                    .isEqualTo("RETAIL.ORDER_LINES");
            assertThat(found.getJsonArray("glossary"))
                    .hasToString("[{\"term\":\"turnover\",\"definition\":\"The same as revenue\"}]");
            assertThat(structured(all.call("sql_search", Map.of("query", "xyzzy", "connection", "warehouse"))))
                    .hasToString(
                            "{\"tables\":[],\"advice\":\"No table fits these words. sql_list_tables lists all tables"
                                    + " of a connection.\"}");
            assertThat(structured(all.call("sql_list_tables", Map.of("connection", "warehouse")))
                            .toString())
                    .contains(
                            "{\"deprecated\":{\"useInstead\":\"retail.order_lines\","
                                    + "\"reason\":\"It counts cancelled orders\"},\"schema\":\"RETAIL\",\"name\":\"MONTHLY_SALES\"");
            assertThat(structured(all.call("sql_search", Map.of("query", "monthly sales", "connection", "warehouse")))
                            .getJsonArray("tables")
                            .toString())
                    .contains("[{\"", "\"useInstead\":\"retail.order_lines\"");
            String several = structured(all.request(
                            "tools/call",
                            io.mcpdata.json.Json.readObject("{\"name\":\"sql_describe_table\",\"arguments\":"
                                    + "{\"connection\":\"warehouse\",\"tables\":[\"orders\",\"Order_Lines\"]}}")))
                    .toString();
            assertThat(several)
                    .contains(
                            "\"joins\":[\"RETAIL.ORDER_LINES.ORDER_ID = RETAIL.ORDERS.ORDER_ID\"]", "\"unit\":\"EUR\"");
            assertThat(text(all.call("sql_describe_table", Map.of("connection", "warehouse"))))
                    .isEqualTo("Give either table or tables.");
        }
    }

    @Test
    void changedFileTakesEffectAndOneWithAFaultDoesNot() throws IOException {
        try (McpConversation all = McpConversation.begin(web, platform.key("admin"))) {
            Predicate<String> told = definition -> structured(all.call("sql_search", Map.of("query", "churn")))
                    .toString()
                    .contains(definition);
            Files.writeString(words, "glossary: {churn: {definition: Customers that left}}\n");
            Eventually.within(Duration.ofSeconds(15), "the file is read", () -> told.test("Customers that left"));

            Files.writeString(words, "glossary: {churn: {definitoin: Customers that left}}\n");
            Eventually.within(
                    Duration.ofSeconds(15),
                    "the fault is told",
                    () -> web.get("/api/v1/config", platform.key("admin"))
                            .body()
                            .contains("glossary.churn.definitoin: found an unknown key"));
            assertThat(told.test("Customers that left")).isTrue();
        }
    }
}
