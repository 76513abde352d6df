package io.mcpdata.endtoend;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RunningServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The official Java client behind the bridge, which it starts as Claude Code and Claude Desktop start it. */
final class BridgedClient {

    static final String QUESTION = "SELECT COUNT(*) FROM customers";

    private final Path file;
    private final List<String> stderr = new CopyOnWriteArrayList<>();
    private final List<List<Tool>> told = new CopyOnWriteArrayList<>();

    /**
     * With the file that the administrator gives to users: the server's own file; its secrets are not on the users'
     * machines.
     */
    BridgedClient(RunningServer server, Path directory) throws IOException {
        String yaml = Platform.standardYaml().replace("server:\n", "server:\n  public_url: " + server.baseUrl() + "\n");
        file = Files.writeString(directory.resolve("platform.yaml"), yaml.replace("${DATA_DIR}", "/nowhere"));
    }

    Path file() {
        return file;
    }

    List<String> stderr() {
        return stderr;
    }

    /** The lists of tools that the clients got after a notification. */
    List<List<Tool>> told() {
        return told;
    }

    McpSyncClient client(String key) {
        return client(key, "auto");
    }

    /** @param way how the bridge calls the server */
    McpSyncClient client(String key, String way) {
        ServerParameters program = ServerParameters.builder(Program.LAUNCHER.toString())
                .args("--config", file.toString(), "--transport", way)
                .env(Map.of("MCP_API_KEY", key, "JAVA_HOME", System.getProperty("java.home")))
                .build();
        StdioClientTransport transport = new StdioClientTransport(program, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(stderr::add);
        return McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(120))
                .initializationTimeout(Duration.ofSeconds(60))
                .toolsChangeConsumer(told::add)
                .build();
    }

    static List<String> tools(McpSyncClient client) {
        return client.listTools().tools().stream().map(Tool::name).toList();
    }

    static Object ask(McpSyncClient client) {
        return client.callTool(CallToolRequest.builder("sql_query")
                        .arguments(Map.of("connection", "warehouse", "sql", QUESTION))
                        .build())
                .structuredContent();
    }
}
