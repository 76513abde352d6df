package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.OnOneServer;
import io.modelcontextprotocol.client.McpSyncClient;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * "Client Configuration" of the specification: {@code mcp-data-platform --config platform.yaml}, started by the official
 * Java client as Claude Code and Claude Desktop start it.
 */
@ArquillianTest
@OnOneServer
final class StdioBridgeIT {

    @TempDir
    Path directory;

    @ArquillianResource
    private Platform platform;

    @Test
    void aProgramAndItsEnvironmentAreAllAClientNeeds() throws Exception {
        BridgedClient bridge = new BridgedClient(platform.server(), directory);
        try (McpSyncClient analyst = bridge.client(platform.key("analyst"));
                McpSyncClient viewer = bridge.client(platform.key("viewer"))) {
            analyst.initialize();
            viewer.initialize();

            assertThat(BridgedClient.tools(analyst)).contains("sql_query").doesNotContain("sql_explain");
            assertThat(BridgedClient.tools(viewer)).contains("sql_list_tables").doesNotContain("sql_query");
            assertThat(String.valueOf(BridgedClient.ask(analyst))).contains("2000");
            ReadAndFilled.by(analyst);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto, 2025-11-25", "http, 2025-11-25", "sse, 2024-11-05"})
    void clientGetsTheRevisionOfTheWayTheBridgeTakes(String way, String revision) throws Exception {
        BridgedClient bridge = new BridgedClient(platform.server(), directory);
        try (McpSyncClient analyst = bridge.client(platform.key("analyst"), way)) {
            assertThat(analyst.initialize().protocolVersion()).isEqualTo(revision);
            assertThat(BridgedClient.tools(analyst)).contains("sql_query");
        }
    }

    @Test
    void clientGetsTheNotificationOfAChangedList() throws Exception {
        BridgedClient bridge = new BridgedClient(platform.server(), directory);
        try (McpSyncClient viewer = bridge.client(platform.key("viewer"))) {
            viewer.initialize();

            ChangedList.isSeen(platform, viewer, bridge.told());
        }
    }

    @Test
    void aRefusedKeyEndsTheProgramWithOneLine() throws Exception {
        String key = Keys.random();

        Program.Ran ran = new Program(Map.of("MCP_API_KEY", key))
                .run(
                        "",
                        "--config",
                        new BridgedClient(platform.server(), directory).file().toString(),
                        "--patience",
                        "10s");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("the key " + KeyDigest.of(key).id() + " is not accepted by ")
                .hasLineCount(1);
    }

    @Test
    void aKeyWithoutAPersonaEndsTheProgramWithOneLine() throws Exception {
        Program.Ran ran = new Program(Map.of("MCP_API_KEY", platform.key("stray")))
                .run("", "--url", platform.server().baseUrl());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("may not connect by ").contains("(403)").hasLineCount(1);
    }
}
