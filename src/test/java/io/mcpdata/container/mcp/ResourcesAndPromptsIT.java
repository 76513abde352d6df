package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and completion at {@code /mcp}, in each revision, for callers with different personas. */
@ArquillianTest
@OnOneServer
@OnWildFly
@Timeout(300)
final class ResourcesAndPromptsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String GLOSSARY = "document://glossary";
    private static final String TEMPLATE = "table://{connection}/{schema}/{table}";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    static Stream<String> revisions() {
        return Stream.of("2025-03-26", "2025-06-18", "2025-11-25", McpClient.STATELESS);
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void callerSeesTheTablesAndDocumentsOfItsPersona(String revision) {
        McpClient analyst = client("analyst", revision);

        List<String> uris = uris(list(analyst));

        // the connection unreachable hides nothing, and archive is denied
        assertThat(uris).contains("table://warehouse/RETAIL/PRODUCTS", "table://warehouse/RETAIL/ORDERS", GLOSSARY);
        assertThat(uris).noneMatch(uri -> uri.endsWith("/RETURNS") || uri.contains("board") || uri.contains("archive"));
        for (String uri : uris) {
            JsonObject contents =
                    result(read(analyst, uri)).getJsonArray("contents").getJsonObject(0);
            assertThat(contents.getString("uri")).isEqualTo(uri);
            assertThat(contents.getString("text")).isNotEmpty();
        }
        assertThat(read(analyst, "table://warehouse/RETAIL/PRODUCTS").body()).contains("UNIT_PRICE", "primaryKey");
        assertThat(templates(analyst)).containsExactly(TEMPLATE);

        McpClient viewer = client("viewer", revision);
        assertThat(uris(list(viewer))).containsExactly(GLOSSARY);
        assertThat(templates(viewer)).isEmpty();
        assertThat(names(viewer.ask(3, "prompts/list", ""), "prompts")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void deniedResourceIsReportedAsOneThatDoesNotExist(String revision) {
        McpClient analyst = client("analyst", revision);
        int code = revision.equals(McpClient.STATELESS) ? -32602 : -32002;

        for (String uri : List.of(
                "table://warehouse/RETAIL/RETURNS",
                "table://warehouse/RETAIL/ABSENT",
                "table://warehouse/RETAIL/%52ETURNS",
                "table://warehouse/retail/returns",
                "table://archive/RETAIL/PRODUCTS",
                "table://absent/RETAIL/PRODUCTS",
                "document://board",
                "document://absent",
                "file:///etc/passwd")) {
            JsonObject error = read(analyst, uri).json().getJsonObject("error");
            assertThat(error.getInt("code")).as(uri).isEqualTo(code);
            assertThat(error.getString("message")).isEqualTo("Resource not found: " + uri);
        }
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void promptIsListedCompletedAndFilled(String revision) {
        McpClient analyst = client("analyst", revision);

        assertThat(names(analyst.ask(1, "prompts/list", ""), "prompts")).containsExactly("monthly_review");
        JsonObject prompt = result(analyst.ask(
                2,
                "prompts/get",
                "\"name\":\"monthly_review\",\"arguments\":{\"month\":\"2025-11\",\"tone\":\"{{month}}\"}"));
        assertThat(prompt.getJsonArray("messages")
                        .getJsonObject(0)
                        .getJsonObject("content")
                        .getString("text"))
                .isEqualTo("Compare 2025-11 in  of . {{month}}");

        assertThat(complete(analyst, "monthly_review", "tone", "s", "")).containsExactly("short");
        assertThat(complete(analyst, "monthly_review", "connection", "", ""))
                .containsExactly("warehouse", "unreachable");
        assertThat(complete(analyst, "monthly_review", "table", "pro", "\"connection\":\"warehouse\""))
                .containsExactly("PRODUCTS");
        assertThat(complete(analyst, "monthly_review", "table", "", "\"connection\":\"archive\""))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void wrongPromptRequestIsTold(String revision) {
        McpClient analyst = client("analyst", revision);

        assertThat(error(analyst.ask(1, "prompts/get", "\"name\":\"monthly_review\"")))
                .isEqualTo("Missing required arguments of the prompt: month");
        assertThat(error(analyst.ask(2, "prompts/get", "\"name\":\"board_report\"")))
                .isEqualTo("Unknown prompt: board_report");
        assertThat(error(analyst.ask(3, "prompts/get", "\"name\":\"absent\""))).isEqualTo("Unknown prompt: absent");
        assertThat(error(analyst.ask(
                        4,
                        "prompts/get",
                        "\"name\":\"monthly_review\",\"arguments\":{\"month\":\"" + "x".repeat(10_001) + "\"}")))
                .startsWith("params.arguments.month has 10001 characters");
        assertThat(error(client("viewer", revision).ask(5, "prompts/get", "\"name\":\"monthly_review\"")))
                .isEqualTo("Unknown prompt: monthly_review");
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void templateIsCompletedWithWhatTheCallerMayRead(String revision) {
        McpClient analyst = client("analyst", revision);

        assertThat(completeTemplate(analyst, "connection", "", "")).containsExactly("warehouse", "unreachable");
        assertThat(completeTemplate(analyst, "schema", "r", "\"connection\":\"warehouse\""))
                .containsExactly("RETAIL");
        assertThat(completeTemplate(analyst, "table", "", "\"connection\":\"warehouse\",\"schema\":\"RETAIL\""))
                .contains("PRODUCTS", "ORDERS")
                .doesNotContain("RETURNS");
        assertThat(completeTemplate(analyst, "table", "", "\"connection\":\"archive\""))
                .isEmpty();
        assertThat(error(client("viewer", revision).ask(9, "completion/complete", template("table", "", ""))))
                .isEqualTo("Unknown resource template: " + TEMPLATE);
    }

    @Test
    void changedPersonaPromptAndDocumentAreToldToThoseConcerned() {
        McpClient viewer = client("viewer", "2025-11-25");
        McpClient analyst = client("analyst", "2025-11-25");
        McpClient modern = client("analyst", McpClient.STATELESS);
        assertThat(viewer.ask(1, "resources/subscribe", "\"uri\":\"" + GLOSSARY + "\"")
                        .body())
                .contains("result");
        assertThat(error(viewer.ask(2, "resources/subscribe", "\"uri\":\"document://board\"")))
                .isEqualTo("Resource not found: document://board");
        try (EventStream ofViewer = viewer.listen();
                EventStream ofAnalyst = analyst.listen();
                EventStream subscribed = modern.stream(
                        4,
                        "subscriptions/listen",
                        "\"notifications\":{\"promptsListChanged\":true,\"resourceSubscriptions\":[\"" + GLOSSARY
                                + "\",\"document://board\"]}")) {
            assertThat(subscribed.next("message").data())
                    .contains("acknowledged", GLOSSARY)
                    .doesNotContain("board");
            assertThat(ofViewer.next("message").data()).isEmpty();
            assertThat(ofAnalyst.next("message").data()).isEmpty();

            platform.configure(platform.originalYaml()
                    .replace("without returns.", "with returns.")
                    .replace("Compares a month", "Compares one month")
                    .replace("For the board only", "For the board"));

            assertThat(ofViewer.next("message").data()).contains("notifications/resources/updated", GLOSSARY);
            assertThat(ofAnalyst.next("message").data()).contains("notifications/prompts/list_changed");
            List<String> both = List.of(
                    subscribed.next("message").data(),
                    subscribed.next("message").data());
            assertThat(both).anyMatch(data -> data.contains("notifications/prompts/list_changed"));
            assertThat(both)
                    .anyMatch(data -> data.contains("notifications/resources/updated")
                            && data.contains("\"io.modelcontextprotocol/subscriptionId\":4"));
            assertThat(read(viewer, GLOSSARY).body()).contains("with returns.");
            // nothing more: the list of the viewer has not changed
            assertThat(ofViewer.next().name()).isEqualTo(":");
            assertThat(ofViewer.next().name()).isEqualTo(":");

            platform.configure(platform.originalYaml()
                    .replace("resources: {allow: [\"document://*\"]", "resources: {allow: [\"*\"]"));
            assertThat(ofViewer.next("message").data()).contains("notifications/resources/updated");
            assertThat(ofViewer.next("message").data()).contains("notifications/resources/list_changed");
            assertThat(uris(list(viewer))).contains("table://warehouse/RETAIL/RETURNS");
        } finally {
            platform.configure(platform.originalYaml());
            Eventually.within(
                    SOON,
                    "the original configuration",
                    () -> !list(viewer).body().contains("table:"));
        }
    }

    @Test
    void logLevelIsOneOfTheSchema() {
        McpClient analyst = client("analyst", "2025-11-25");

        assertThat(analyst.ask(1, "logging/setLevel", "\"level\":\"warning\"").body())
                .contains("\"result\":{}");
        assertThat(error(analyst.ask(2, "logging/setLevel", "\"level\":\"loud\"")))
                .startsWith("the log level must be one of debug, info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/list", "resources/templates/list", "prompts/list", "tools/list"})
    void cursorThatTheServerDidNotGiveIsRefused(String method) {
        assertThat(error(client("analyst", McpClient.STATELESS).ask(1, method, "\"cursor\":\"MTAw.AAAA\"")))
                .contains("begin again without a cursor");
    }

    private McpClient client(String caller, String revision) {
        return revision.equals(McpClient.STATELESS)
                ? McpClient.stateless(web, platform.key(caller))
                : McpClient.initialized(web, platform.key(caller), revision);
    }

    /** As JSON: a connection that cannot be listed takes its time, and a log message reports it. */
    private Answer list(McpClient client) {
        return web.send(client.request(7, "resources/list", "").setHeader("Accept", "application/json"));
    }

    private static Answer read(McpClient client, String uri) {
        return client.ask(7, "resources/read", "\"uri\":\"" + uri + "\"");
    }

    private static List<String> uris(Answer list) {
        return result(list).getJsonArray("resources").getValuesAs(JsonObject.class).stream()
                .map(resource -> resource.getString("uri"))
                .toList();
    }

    private static List<String> templates(McpClient client) {
        return result(client.ask(8, "resources/templates/list", ""))
                .getJsonArray("resourceTemplates")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(template -> template.getString("uriTemplate"))
                .toList();
    }

    private static List<String> names(Answer list, String member) {
        return result(list).getJsonArray(member).getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("name"))
                .toList();
    }

    private static List<String> complete(
            McpClient client, String prompt, String argument, String value, String chosen) {
        return values(client.ask(
                6,
                "completion/complete",
                "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"" + prompt + "\"}," + rest(argument, value, chosen)));
    }

    private static List<String> completeTemplate(McpClient client, String argument, String value, String chosen) {
        return values(client.ask(6, "completion/complete", template(argument, value, chosen)));
    }

    private static String template(String argument, String value, String chosen) {
        return "\"ref\":{\"type\":\"ref/resource\",\"uri\":\"" + TEMPLATE + "\"}," + rest(argument, value, chosen);
    }

    private static String rest(String argument, String value, String chosen) {
        return "\"argument\":{\"name\":\"" + argument + "\",\"value\":\"" + value + "\"},\"context\":{\"arguments\":{"
                + chosen + "}}";
    }

    private static List<String> values(Answer completion) {
        return result(completion)
                .getJsonObject("completion")
                .getJsonArray("values")
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .toList();
    }

    private static JsonObject result(Answer answer) {
        assertThat(answer.body()).contains("\"result\"");
        return answer.json().getJsonObject("result");
    }

    private static String error(Answer answer) {
        return answer.json().getJsonObject("error").getString("message");
    }
}
