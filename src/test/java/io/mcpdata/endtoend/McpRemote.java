package io.mcpdata.endtoend;

import io.mcpdata.container.server.Platform;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The official Java client behind {@code mcp-remote}, as Claude Desktop starts it. */
final class McpRemote {

    private McpRemote() {}

    /**
     * @param home what {@code mcp-remote} may write to
     * @param told gets each changed list of tools
     */
    static McpSyncClient client(Path home, Platform platform, String key, Consumer<List<Tool>> told) {
        StdioClientTransport program = new StdioClientTransport(
                NodeClient.program(
                        home, "mcp-remote/dist/proxy.js", platform.server().baseUrl() + "/mcp", key),
                McpJsonDefaults.getMapper());
        program.setStdErrorHandler(line -> {});
        return McpClient.sync(program)
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(60))
                .toolsChangeConsumer(told)
                .build();
    }
}
