package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/**
 * The official Java client over HTTP and Server-Sent Events, where it says that it speaks 2024-11-05: it gets results as text,
 * and no output schemas.
 */
@ArquillianTest
final class OfficialClientIT {

    @ArquillianResource
    private Platform platform;

    private final List<List<Tool>> told = new CopyOnWriteArrayList<>();

    private McpSyncClient client(String persona) {
        return client(transport(platform.key(persona)));
    }

    private HttpClientSseClientTransport transport(String key) {
        return HttpClientSseClientTransport.builder(platform.server().baseUrl())
                .sseEndpoint("/sse")
                .httpRequestCustomizer((builder, method, endpoint, body, context) ->
                        builder.setHeader("Authorization", "Bearer " + key))
                .build();
    }

    private McpSyncClient client(HttpClientSseClientTransport transport) {
        return McpClient.sync(transport)
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
    void everyPersonaListsItsTools() {
        try (McpSyncClient admin = client("admin");
                McpSyncClient analyst = client("analyst");
                McpSyncClient viewer = client("viewer")) {
            admin.initialize();
            analyst.initialize();
            viewer.initialize();

            assertThat(tools(admin)).hasSize(9).contains("sql_query", "sql_explain");
            assertThat(tools(analyst)).hasSize(8).contains("sql_query").doesNotContain("sql_explain");
            assertThat(tools(viewer)).hasSize(5).doesNotContain("sql_query", "sql_explain");
        }
    }

    @Test
    void toolsSayThatTheyOnlyRead() {
        try (McpSyncClient client = client("admin")) {
            client.initialize();

            assertThat(client.listTools().tools()).allSatisfy(tool -> {
                assertThat(tool.annotations().readOnlyHint()).isTrue();
                assertThat(tool.outputSchema()).isNull();
                assertThat(tool.description()).isNotBlank();
            });
        }
    }

    @Test
    void queryGivesTheFiguresOfTheWarehouse() {
        try (McpSyncClient analyst = client("analyst");
                McpSyncClient admin = client("admin")) {
            analyst.initialize();
            admin.initialize();

            int counted = figure(call(
                    analyst,
                    "sql_query",
                    Map.of(
                            "connection",
                            "warehouse",
                            "sql",
                            "SELECT COUNT(*) AS customers FROM customers WHERE segment = ?",
                            "parameters",
                            List.of("business"))));
            // the same question about another warehouse with the same rows
            int summed = figure(call(
                    admin,
                    "sql_query",
                    Map.of(
                            "connection",
                            "archive",
                            "sql",
                            "SELECT SUM(CASE WHEN segment = 'consumer' THEN 0 ELSE 1 END) FROM customers")));

            assertThat(counted).isBetween(1, 1999).isEqualTo(summed);
        }
    }

    /** The one number of a result with one row and one column. */
    private static int figure(CallToolResult result) {
        assertThat(result.isError()).isNotEqualTo(Boolean.TRUE);
        assertThat(result.structuredContent()).isNull();
        String text = ((TextContent) result.content().get(0)).text();
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject().getJsonArray("rows").getJsonArray(0).getInt(0);
        }
    }

    @Test
    void resourceIsReadAndPromptIsFilled() {
        try (McpSyncClient analyst = client("analyst")) {
            analyst.initialize();

            ReadAndFilled.by(analyst);
        }
    }

    @Test
    void clientGetsTheNotificationOfAChangedList() {
        try (McpSyncClient viewer = client("viewer")) {
            viewer.initialize();

            ChangedList.isSeen(platform, viewer, told);
        }
    }

    @Test
    void personaIsRefusedWhatItIsDenied() {
        try (McpSyncClient viewer = client("viewer")) {
            viewer.initialize();

            assertThatThrownBy(() -> call(viewer, "sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1")))
                    .hasMessageContaining("Unknown tool: sql_query");
            CallToolResult archive = call(viewer, "sql_list_tables", Map.of("connection", "archive"));
            assertThat(archive.isError()).isTrue();
            assertThat(((TextContent) archive.content().get(0)).text()).startsWith("Unknown connection: archive");
        }
    }

    @Test
    void keyInTheQueryIsEnoughForAClientThatCannotSendHeaders() {
        try (McpSyncClient client =
                client(HttpClientSseClientTransport.builder(platform.server().baseUrl())
                        .sseEndpoint("/sse?api_key=" + platform.key("analyst"))
                        .build())) {
            client.initialize();

            assertThat(tools(client)).contains("sql_query");
            assertThat(call(client, "platform_info", Map.of()).isError()).isNotEqualTo(Boolean.TRUE);
        }
    }

    @Test
    void wrongKeyGetsNoSession() {
        String key = Keys.random();
        // the client gets the 401 and still waits until its own timeout
        try (McpSyncClient client = McpClient.sync(transport(key))
                .initializationTimeout(Duration.ofSeconds(2))
                .build()) {
            assertThatThrownBy(client::initialize).isInstanceOf(RuntimeException.class);
            assertThat(client.isInitialized()).isFalse();
        }
        assertThat(platform.server().log())
                .contains("LOGIN_FAILURE category=unknown_key caller= key="
                        + KeyDigest.of(key).id());
    }
}
