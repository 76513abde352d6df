package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.PersonaDirectory;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.Tool;
import io.mcpdata.testing.Eventually;
import io.mcpdata.toolkit.sql.DemoToolkit;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/tools.md} and the first screen of the README say what is: each example is executed, and what a tool gives is
 * what its schema promises.
 */
class ToolsDocumentTest {

    private static final Pattern BLOCK =
            Pattern.compile("```(json|sql accepted|sql refused)\\n(.*?)```", Pattern.DOTALL);

    private static DemoToolkit demo;
    private static FeatureGateway gateway;
    private static Map<String, Tool> tools;
    private static String document;

    /** A block of the document. */
    private record Block(String kind, String text) {}

    @BeforeAll
    static void open() throws IOException {
        demo = new DemoToolkit();
        gateway = new FeatureGateway(List.<Toolkit>of(demo), event -> {});
        tools = demo.tools().stream()
                .map(ToolHandler::describe)
                .collect(Collectors.toMap(Tool::name, Function.identity()));
        document = Files.readString(Path.of("docs/tools.md"));
        // the first use builds the warehouse, which a caller on a busy machine does not wait for
        JsonObject warehouse = Json.readObject("{\"connection\":\"warehouse\"}");
        Eventually.within(
                Duration.ofMinutes(2),
                "the warehouse is built",
                () -> !call("sql_list_tables", warehouse).isError());
    }

    @AfterAll
    static void close() {
        demo.close();
    }

    @Test
    void everyToolIsDescribedAndNoOther() {
        Set<String> described = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(document)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        assertThat(described).isEqualTo(tools.keySet());
    }

    @Test
    void everyCallGivesWhatIsPrintedAndWhatItsSchemaPromises() {
        List<Block> blocks = blocks(document, "json");
        int calls = 0;
        JsonObject given = Json.object().build();
        for (Block block : blocks) {
            JsonObject example = Json.readObject(block.text());
            if (example.containsKey("arguments")) {
                given = structured(example.getString("name"), example.getJsonObject("arguments"));
                calls++;
            } else {
                assertThat(given).isEqualTo(example);
            }
        }
        assertThat(calls).isGreaterThan(4);
        assertThat(structured("platform_info", Json.object().build())).isNotEmpty();
        assertThat(structured("list_connections", Json.object().build())).isNotEmpty();
    }

    @Test
    void answerOfTheReadmeIsReal() throws IOException {
        List<JsonObject> blocks = blocks(Files.readString(Path.of("README.md")), "json").stream()
                .map(block -> Json.readObject(block.text()))
                .toList();
        assertThat(blocks).hasSize(2);
        JsonObject call = blocks.get(0);
        assertThat(structured(call.getString("name"), call.getJsonObject("arguments")))
                .isEqualTo(blocks.get(1));
    }

    @Test
    void everyAcceptedStatementRunsAndCanBeExplained() {
        List<String> statements = lines("sql accepted");
        assertThat(statements).hasSizeGreaterThan(5);
        for (String sql : statements) {
            JsonObject arguments =
                    Json.object().add("connection", "warehouse").add("sql", sql).build();
            assertThat(structured("sql_query", arguments).getInt("rowCount"))
                    .as(sql)
                    .isPositive();
            assertThat(structured("sql_explain", arguments).getJsonArray("plan"))
                    .as(sql)
                    .isNotEmpty();
        }
    }

    @Test
    void everyRefusedStatementIsRefused() {
        List<String> statements = lines("sql refused");
        assertThat(statements).hasSizeGreaterThan(10);
        for (String sql : statements) {
            for (String tool : List.of("sql_query", "sql_explain")) {
                CallToolResult result = call(
                        tool,
                        Json.object()
                                .add("connection", "warehouse")
                                .add("sql", sql)
                                .build());
                assertThat(result.isError()).as(sql).isTrue();
                assertThat(result.text()).startsWith("Statement refused: ");
            }
        }
    }

    @Test
    void aUsedConnectionTellsItsDatabase() {
        JsonObject tables = structured("sql_list_tables", Json.readObject("{\"connection\":\"warehouse\"}"));
        JsonObject list = structured("list_connections", Json.object().build());
        assertThat(tables.getJsonObject("database"))
                .containsOnlyKeys("product", "version", "identifierQuote")
                .isEqualTo(list.getJsonArray("connections").getJsonObject(0).getJsonObject("database"));
    }

    @Test
    void aDeniedConnectionIsVisibleNowhere() {
        List<String> answers = new ArrayList<>();
        for (String tool : tools.keySet()) {
            if (tool.equals("sql_export")) {
                // writes a file
                continue;
            }
            JsonObject arguments = switch (tool) {
                case "platform_info", "list_connections" -> Json.object().build();
                case "sql_search" -> Json.readObject("{\"query\":\"orders payroll\"}");
                case "sql_describe_table", "sql_profile" ->
                    Json.readObject("{\"connection\":\"warehouse\",\"table\":\"customers\"}");
                case "sql_list_tables" -> Json.readObject("{\"connection\":\"warehouse\"}");
                default -> Json.readObject("{\"connection\":\"warehouse\",\"sql\":\"SELECT 1\"}");
            };
            answers.add(Json.write(structured(tool, arguments)));
        }
        answers.add(gateway.listTools(analyst(), new PaginatedRequest(Optional.empty()))
                .write(ClientRevision.of(ProtocolVersion.V2025_11_25)));
        assertThat(answers).hasSize(9).noneMatch(answer -> answer.contains("payroll"));
        for (String name : List.of("payroll", "absent")) {
            for (String tool : List.of("sql_query", "sql_explain")) {
                assertThat(call(
                                tool,
                                Json.object()
                                        .add("connection", name)
                                        .add("sql", "SELECT 1")
                                        .build()))
                        .isEqualTo(CallToolResult.error(ToolGateway.unknownConnection(name)));
            }
            assertThat(call(
                            "sql_list_tables",
                            Json.object().add("connection", name).build()))
                    .isEqualTo(CallToolResult.error(ToolGateway.unknownConnection(name)));
        }
    }

    /** Each conversation pays for the list; 10,500 characters of such JSON are about 2,450 tokens. */
    @Test
    void listOfAllToolsIsShort() {
        assertThat(tools).hasSize(9);
        assertThat(gateway.listTools(analyst(), new PaginatedRequest(Optional.empty()))
                        .write(ClientRevision.of(ProtocolVersion.V2025_11_25)))
                .hasSizeLessThan(10_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM customers ORDER BY customer_id LIMIT 200",
                "SELECT o.order_id, o.ordered_on, o.status, c.name, c.country, SUM(l.quantity * l.unit_price) AS revenue"
                        + " FROM orders o JOIN customers c ON c.customer_id = o.customer_id"
                        + " JOIN order_lines l ON l.order_id = o.order_id"
                        + " GROUP BY o.order_id, o.ordered_on, o.status, c.name, c.country ORDER BY o.order_id LIMIT 200",
                "SELECT name, category, unit_price FROM products ORDER BY product_id",
                "SELECT returned_on, reason, order_id, line_no FROM returns ORDER BY return_id LIMIT 500"
            })
    void rowsTakeLittleMoreThanTheyWouldAsCsv(String sql) {
        JsonObject answer = structured(
                "sql_query",
                Json.object().add("connection", "warehouse").add("sql", sql).build());
        StringBuilder csv = new StringBuilder(answer.getJsonArray("columns").getValuesAs(JsonObject.class).stream()
                .map(column -> column.getString("name"))
                .collect(Collectors.joining(",", "", "\n")));
        answer.getJsonArray("rows")
                .forEach(row -> csv.append(row.asJsonArray().stream()
                        .map(value -> value instanceof JsonString text ? text.getString() : value.toString())
                        .collect(Collectors.joining(",", "", "\n"))));
        assertThat(Json.write(answer).length()).isLessThan(csv.length() * 13 / 10);
    }

    private static JsonObject structured(String tool, JsonObject arguments) {
        CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(new ArgumentSchema(Objects.requireNonNull(tools.get(tool)).outputSchema())
                        .problems(result.structuredContent(), result.structuredContent()))
                .as(tool)
                .isEmpty();
        return result.structuredContent();
    }

    private static CallToolResult call(String tool, JsonObject arguments) {
        return (CallToolResult)
                gateway.callTool(ToolGatewayTest.clientCall(analyst()), new CallToolRequest(tool, arguments))
                        .orElseThrow();
    }

    private static List<Block> blocks(String page, String kind) {
        Matcher matcher = BLOCK.matcher(page);
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks.stream().filter(block -> block.kind().equals(kind)).toList();
    }

    private static List<String> lines(String kind) {
        return blocks(document, kind).stream()
                .flatMap(block -> block.text().lines())
                .toList();
    }

    private static AuthorizedCaller analyst() {
        PersonaConfig persona = new PersonaConfig(
                "analyst",
                "Analyst",
                "",
                List.of("analyst"),
                1,
                Set.of("mcp:connect"),
                GlobRules.ALLOW_ALL,
                new GlobRules(List.of(Glob.parse("*")), List.of(Glob.parse("pay*"))));
        return new AuthorizedCaller(
                new PlatformCaller("tester", AuthenticationMethod.API_KEY, "0123456789ab", List.of("analyst"), null),
                new PersonaDirectory(List.of(persona))
                        .personaFor(List.of("analyst"))
                        .orElseThrow());
    }
}
