package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.container.server.Platform;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client behind {@code mcp-remote}, as Claude Desktop starts it. */
@ArquillianTest
final class McpRemoteIT {

    private final List<List<Tool>> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    @ArquillianResource
    private Platform platform;

    private McpSyncClient client(String key) {
        StdioClientTransport program = new StdioClientTransport(
                NodeClient.program(
                        home, "mcp-remote/dist/proxy.js", platform.server().baseUrl() + "/mcp", key),
                McpJsonDefaults.getMapper());
        program.setStdErrorHandler(line -> {});
        return McpClient.sync(program)
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(60))
                .toolsChangeConsumer(told::add)
                .build();
    }

    @Test
    void clientListsCallsReadsAndSeesAChangedList() {
        assumeTrue(NodeClient.areInstalled());
        try (McpSyncClient analyst = client(platform.key("analyst"))) {
            analyst.initialize();

            assertThat(String.valueOf(BridgedClient.ask(analyst))).contains("2000");
            ReadAndFilled.by(analyst);
        }
        try (McpSyncClient viewer = client(platform.key("viewer"))) {
            viewer.initialize();

            ChangedList.isSeen(platform, viewer, told);
        }
    }
}
