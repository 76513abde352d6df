package io.mcpdata.endtoend;

import io.mcpdata.container.server.RunningServer;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.McpSyncClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import java.time.Duration;
import java.util.Map;

/** Makes the official Java client of revision 2026-07-28. */
final class ModernClient {

    private ModernClient() {}

    static McpSyncClient of(RunningServer server, String key) {
        return McpClient.sync(HttpClientMcpTransport.builder(server.baseUrl() + "/mcp")
                        .requestCustomizer(McpHttpRequestCustomizer.fromSync(
                                (request, headers, context) -> headers.set("Authorization", "Bearer " + key)))
                        .build())
                .roundTimeout(Duration.ofSeconds(20))
                .build();
    }

    static CallToolResult query(McpSyncClient client, String sql) {
        return client.tool("sql_query")
                .arguments(Map.of("connection", "warehouse", "sql", sql))
                .call();
    }
}
