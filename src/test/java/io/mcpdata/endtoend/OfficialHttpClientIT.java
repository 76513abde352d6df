package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The official Java client over Streamable HTTP. */
@ArquillianTest
final class OfficialHttpClientIT {

    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    @ArquillianResource
    private Platform platform;

    private final List<List<Tool>> told = new CopyOnWriteArrayList<>();

    private McpSyncClient client(String key) {
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(
                                platform.server().baseUrl())
                        .endpoint("/mcp")
                        .httpRequestCustomizer((builder, method, endpoint, body, context) ->
                                builder.setHeader("Authorization", "Bearer " + key))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .initializationTimeout(Duration.ofSeconds(20))
                .toolsChangeConsumer(told::add)
                .build();
    }

    private static List<String> tools(McpSyncClient client) {
        return client.listTools().tools().stream().map(Tool::name).toList();
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    @Test
    void everyPersonaListsItsToolsWithTheirSchemas() {
        try (McpSyncClient analyst = client(platform.key("analyst"));
                McpSyncClient viewer = client(platform.key("viewer"))) {
            analyst.initialize();
            viewer.initialize();

            assertThat(tools(analyst)).hasSize(8).contains("sql_query").doesNotContain("sql_explain");
            assertThat(tools(viewer)).hasSize(5).doesNotContain("sql_query", "sql_explain");
            assertThat(analyst.listTools().tools())
                    .allSatisfy(tool -> assertThat(tool.outputSchema()).isNotEmpty());
            assertThatThrownBy(() -> call(viewer, "sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1")))
                    .hasMessageContaining("Unknown tool: sql_query");
        }
    }

    @Test
    void callsAreAnsweredFastAndSlow() {
        try (McpSyncClient analyst = client(platform.key("analyst"))) {
            analyst.initialize();

            assertThat(call(analyst, "platform_info", Map.of()).structuredContent())
                    .isNotNull();
            CallToolResult slow = call(analyst, "sql_query", Map.of("connection", "warehouse", "sql", SLOW));
            assertThat(slow.isError()).isTrue();
        }
    }

    @Test
    void resourceIsReadAndPromptIsFilled() {
        try (McpSyncClient analyst = client(platform.key("analyst"))) {
            analyst.initialize();

            ReadAndFilled.by(analyst);
        }
    }

    @Test
    void clientGetsTheNotificationOfAChangedList() {
        try (McpSyncClient viewer = client(platform.key("viewer"))) {
            viewer.initialize();
            ChangedList.isSeen(platform, viewer, told);
        }
    }

    @Test
    void wrongKeyIsToldPlainly() {
        try (McpSyncClient client = client(Keys.random())) {
            assertThatThrownBy(client::initialize)
                    .satisfies(e -> assertThat(messages(e)).contains("Authorization error"));
        }
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable next = e; next != null; next = next.getCause()) {
            all.append(next).append('\n');
        }
        return all.toString();
    }
}
