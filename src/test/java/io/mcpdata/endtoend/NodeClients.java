package io.mcpdata.endtoend;

import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.Eventually;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The TypeScript clients, which ask twice a second, and the Java client behind {@code mcp-remote}; none if they are not
 * installed.
 */
final class NodeClients implements AutoCloseable {

    private static final Duration TO_GO_ON = Duration.ofSeconds(30);

    private final List<NodeClient> clients = new ArrayList<>();
    private final Map<NodeClient, Long> answeredBefore = new HashMap<>();
    private Optional<McpSyncClient> remote = Optional.empty();

    /** @param home what {@code mcp-remote} may write to */
    static NodeClients of(Platform platform, Path home) throws IOException {
        NodeClients all = new NodeClients();
        if (NodeClient.areInstalled()) {
            String base = platform.server().baseUrl();
            String key = platform.key("analyst");
            all.start("TypeScript sdk, /mcp", "typescript-v1.mjs", base + "/mcp", key, "http");
            all.start("TypeScript sdk, /sse", "typescript-v1.mjs", base + "/sse", key, "sse");
            all.start("TypeScript client, with a session", "typescript-v2.mjs", base + "/mcp", key, "legacy");
            all.start("TypeScript client, /sse", "typescript-v2.mjs", base + "/sse", key, "sse");
            all.start("TypeScript client, 2026-07-28", "typescript-v2.mjs", base + "/mcp", key, "2026-07-28");
            all.clients.add(NodeClient.start(
                    "TypeScript client behind the bridge, 2026-07-28",
                    Map.of("MCP_BRIDGE", Program.LAUNCHER.toString(), "JAVA_HOME", System.getProperty("java.home")),
                    "typescript-v2.mjs",
                    base,
                    key,
                    "2026-07-28",
                    "again"));
            McpSyncClient client = McpRemote.client(home, platform, key, tools -> {});
            all.remote = Optional.of(client);
            client.initialize();
        }
        return all;
    }

    private void start(String name, String script, String url, String key, String way) throws IOException {
        clients.add(NodeClient.start(name, Map.of(), script, url, key, way, "again"));
    }

    void awaitAnswers() {
        for (NodeClient client : clients) {
            Eventually.within(Duration.ofSeconds(60), client.name() + " has an answer", () -> client.answered() > 0);
        }
        remote.ifPresent(BridgedClient::ask);
    }

    /** The server has ended. */
    void ended() {
        clients.forEach(client -> answeredBefore.put(client, client.answered()));
    }

    /** Every client continues by itself, after errors that it reports while the server is down. */
    void assertTheyGoOn() {
        long back = System.nanoTime();
        for (NodeClient client : clients) {
            try {
                Eventually.within(
                        TO_GO_ON,
                        client.name() + " continues",
                        () -> client.answered() > answeredBefore.getOrDefault(client, 0L));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "; it says:\n" + client.said(), e);
            }
            System.out.println(client.name() + " continued within "
                    + Duration.ofNanos(System.nanoTime() - back).toMillis() + " ms");
        }
        remote.ifPresent(client -> Eventually.within(TO_GO_ON, "mcp-remote continues", () -> answers(client)));
    }

    /** The first call may be lost: it finds the connection that ended with the server. */
    private static boolean answers(McpSyncClient client) {
        try {
            return BridgedClient.ask(client) != null;
        } catch (RuntimeException lost) {
            System.out.println("mcp-remote lost a call: " + lost.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        clients.forEach(NodeClient::close);
        remote.ifPresent(McpSyncClient::close);
    }
}
