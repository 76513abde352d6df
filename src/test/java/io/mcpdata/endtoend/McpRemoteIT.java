package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.OnOneServer;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client behind {@code mcp-remote}, as Claude Desktop starts it. */
@ArquillianTest
@OnOneServer
final class McpRemoteIT {

    private final List<List<Tool>> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    @ArquillianResource
    private Platform platform;

    private McpSyncClient client(String key) {
        return McpRemote.client(home, platform, key, told::add);
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
