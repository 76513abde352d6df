package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.Eventually;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.McpSchema.Prompt;
import io.modelcontextprotocol.modern.McpSchema.PromptReference;
import io.modelcontextprotocol.modern.McpSchema.Resource;
import io.modelcontextprotocol.modern.McpSchema.TextContent;
import io.modelcontextprotocol.modern.McpSchema.TextResourceContents;
import io.modelcontextprotocol.modern.McpSchema.Tool;
import io.modelcontextprotocol.modern.client.McpSyncClient;
import io.modelcontextprotocol.modern.client.McpSyncClient.Listening;
import io.modelcontextprotocol.modern.client.SubscriptionEvent;
import io.modelcontextprotocol.modern.client.transport.McpHttpStatusException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The official Java client of revision 2026-07-28, which has no sessions. */
@ArquillianTest
final class OfficialModernClientIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String GLOSSARY = "document://glossary";
    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    @ArquillianResource
    private Platform platform;

    private final List<SubscriptionEvent> told = new CopyOnWriteArrayList<>();

    private McpSyncClient client(String caller) {
        return ModernClient.of(platform.server(), platform.key(caller));
    }

    private static List<String> tools(McpSyncClient client) {
        return client.listTools().skipCache().list().tools().stream()
                .map(Tool::name)
                .toList();
    }

    @Test
    void serverIsDiscovered() {
        assertThat(client("analyst").discover().supportedVersions()).contains("2026-07-28");
    }

    @Test
    void everyPersonaListsItsToolsWithTheirSchemas() {
        McpSyncClient viewer = client("viewer");
        McpSyncClient analyst = client("analyst");

        assertThat(tools(analyst)).hasSize(8).contains("sql_query").doesNotContain("sql_explain");
        List<Tool> listed = analyst.listTools().list().tools();
        assertThat(listed).allSatisfy(tool -> assertThat(tool.outputSchema()).isNotEmpty());
        assertThat(tools(viewer)).hasSize(5).doesNotContain("sql_query", "sql_explain");
        // the client sends no call by a name that is not in its list
        Tool query = listed.stream()
                .filter(tool -> tool.name().equals("sql_query"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> viewer.tool(query)
                        .arguments(Map.of("connection", "warehouse", "sql", "SELECT 1"))
                        .call())
                .hasMessageContaining("Unknown tool: sql_query");
    }

    @Test
    void callsAreAnsweredFastAndSlow() {
        McpSyncClient analyst = client("analyst");

        CallToolResult fast = ModernClient.query(analyst, "SELECT COUNT(*) AS orders FROM orders");
        assertThat(fast.structuredContent()).isNotNull();
        assertThat(fast.content())
                .first()
                .isInstanceOfSatisfying(
                        TextContent.class, text -> assertThat(text.text()).contains("8000"));
        assertThat(ModernClient.query(analyst, SLOW).isError()).isTrue();
    }

    @Test
    void resourceIsListedAndRead() {
        McpSyncClient analyst = client("analyst");

        assertThat(analyst.resources().list().resources())
                .extracting(Resource::uri)
                .contains(GLOSSARY, "table://warehouse/RETAIL/PRODUCTS");
        assertThat(analyst.resourceTemplates().list().resourceTemplates()).hasSize(1);
        assertThat(analyst.resource(GLOSSARY).read().contents())
                .singleElement()
                .isInstanceOfSatisfying(
                        TextResourceContents.class,
                        text -> assertThat(text.text()).isNotEmpty());
        assertThatThrownBy(() -> analyst.resource("document://board").read())
                .hasMessageContaining("Resource not found: document://board");
    }

    @Test
    void promptIsListedCompletedAndFilled() {
        McpSyncClient analyst = client("analyst");
        String name = "monthly_review";

        assertThat(analyst.prompts().list().prompts()).extracting(Prompt::name).containsExactly(name);
        assertThat(analyst.completion(new PromptReference(name), "tone", "s")
                        .complete()
                        .completion()
                        .values())
                .containsExactly("short");
        assertThat(analyst.prompt(name)
                        .arguments(Map.of("month", "2025-11"))
                        .get()
                        .messages())
                .singleElement()
                .satisfies(message -> assertThat(message.content())
                        .isInstanceOfSatisfying(
                                TextContent.class,
                                text -> assertThat(text.text()).startsWith("Compare 2025-11 in")));
    }

    @Test
    void clientGetsTheNotificationOfAChangedList() {
        McpSyncClient viewer = client("viewer");
        try (Listening listening = viewer.listen().toolsChanged().open(told::add)) {
            Eventually.within(SOON, "the subscription", () -> has(SubscriptionEvent.Subscribed.class));
            assertThat(tools(viewer)).doesNotContain("sql_explain");
            assertThat(has(SubscriptionEvent.ToolsListChanged.class)).isFalse();

            platform.configure(platform.originalYaml().replace("deny: [sql_query, sql_explain]", "deny: [sql_query]"));

            Eventually.within(
                    SOON, "the notification of the change", () -> has(SubscriptionEvent.ToolsListChanged.class));
            assertThat(tools(viewer)).contains("sql_explain");
        } finally {
            platform.configure(platform.originalYaml());
            Eventually.within(SOON, "the original list", () -> !tools(viewer).contains("sql_explain"));
        }
    }

    private boolean has(Class<? extends SubscriptionEvent> kind) {
        return told.stream().anyMatch(kind::isInstance);
    }

    @Test
    void wrongKeyIsToldPlainly() {
        McpSyncClient client = ModernClient.of(platform.server(), Keys.random());

        assertThatThrownBy(client::discover).isInstanceOfSatisfying(McpHttpStatusException.class, refused -> {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("The credential presented is not valid here.");
        });
    }
}
