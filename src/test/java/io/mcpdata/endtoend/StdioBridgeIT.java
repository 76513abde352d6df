package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RunningServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Client Configuration" of the specification: {@code mcp-data-platform --config platform.yaml}, started by the official
 * Java client as Claude Code and Claude Desktop start it.
 */
@ArquillianTest
final class StdioBridgeIT {

    @TempDir
    Path directory;

    @ArquillianResource
    private Platform platform;

    /** What the administrator gives to users: the server's own file, whose secrets are not on their machines. */
    private Path clientsFile(RunningServer server) throws Exception {
        String yaml = Platform.standardYaml().replace("server:\n", "server:\n  public_url: " + server.baseUrl() + "\n");
        return Files.writeString(directory.resolve("platform.yaml"), yaml.replace("${DATA_DIR}", "/nowhere"));
    }

    private McpSyncClient client(RunningServer server, String key, List<String> stderr) throws Exception {
        ServerParameters program = ServerParameters.builder(Program.LAUNCHER.toString())
                .args("--config", clientsFile(server).toString())
                .env(Map.of("MCP_API_KEY", key, "JAVA_HOME", System.getProperty("java.home")))
                .build();
        StdioClientTransport transport = new StdioClientTransport(program, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(stderr::add);
        return McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(120))
                .initializationTimeout(Duration.ofSeconds(60))
                .build();
    }

    private static List<String> tools(McpSyncClient client) {
        return client.listTools().tools().stream().map(Tool::name).toList();
    }

    private static Object ask(McpSyncClient client) {
        return client.callTool(CallToolRequest.builder("sql_query")
                        .arguments(Map.of("connection", "warehouse", "sql", "SELECT COUNT(*) FROM customers"))
                        .build())
                .structuredContent();
    }

    @Test
    void aProgramAndItsEnvironmentAreAllAClientNeeds() throws Exception {
        try (McpSyncClient analyst = client(platform.server(), platform.key("analyst"), new CopyOnWriteArrayList<>());
                McpSyncClient viewer =
                        client(platform.server(), platform.key("viewer"), new CopyOnWriteArrayList<>())) {
            analyst.initialize();
            viewer.initialize();

            assertThat(tools(analyst)).contains("sql_query").doesNotContain("sql_explain");
            assertThat(tools(viewer)).contains("sql_list_tables").doesNotContain("sql_query");
            assertThat(String.valueOf(ask(analyst))).contains("2000");
        }
    }

    @Test
    void aRefusedKeyEndsTheProgramWithOneLine() throws Exception {
        String key = Keys.random();

        Program.Ran ran = new Program(Map.of("MCP_API_KEY", key))
                .run("", "--config", clientsFile(platform.server()).toString(), "--patience", "10s");

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

    @Test
    void aRestartOfTheServerIsHiddenFromTheClient() throws Exception {
        List<String> stderr = new CopyOnWriteArrayList<>();
        try (Platform own = Platform.start(Platform.Options.standard());
                McpSyncClient client = client(own.server(), own.key("analyst"), stderr)) {
            client.initialize();
            Object before = ask(client);

            own.server().close();
            try (RunningServer again = own.server().startAgain()) {
                assertThat(again.baseUrl()).isEqualTo(own.server().baseUrl());
                assertThat(ask(client)).isEqualTo(before);
                assertThat(tools(client)).contains("sql_query");
            }
            assertThat(stderr).anySatisfy(line -> assertThat(line).contains("connected again"));
        }
    }
}
