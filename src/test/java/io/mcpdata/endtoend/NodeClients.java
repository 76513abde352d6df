package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The TypeScript clients, which ask twice a second; none if they are not installed. */
final class NodeClients implements AutoCloseable {

    private static final String STATELESS = "TypeScript client, 2026-07-28";

    private final List<NodeClient> clients = new ArrayList<>();
    private final Map<NodeClient, Long> answeredBefore = new HashMap<>();

    static NodeClients of(Platform platform) throws IOException {
        NodeClients all = new NodeClients();
        if (NodeClient.areInstalled()) {
            String base = platform.server().baseUrl();
            String key = platform.key("analyst");
            all.start("TypeScript sdk, /mcp", "typescript-v1.mjs", base + "/mcp", key, "http");
            all.start("TypeScript sdk, /sse", "typescript-v1.mjs", base + "/sse", key, "sse");
            all.start("TypeScript client, with a session", "typescript-v2.mjs", base + "/mcp", key, "legacy");
            all.start(STATELESS, "typescript-v2.mjs", base + "/mcp", key, "2026-07-28");
        }
        return all;
    }

    private void start(String name, String script, String url, String key, String way) throws IOException {
        clients.add(NodeClient.start(name, script, url, key, way, "again"));
    }

    void awaitAnswers() {
        for (NodeClient client : clients) {
            Eventually.within(Duration.ofSeconds(60), client.name() + " has an answer", () -> client.answered() > 0);
        }
    }

    /** The server has ended. */
    void ended() {
        clients.forEach(client -> answeredBefore.put(client, client.answered()));
    }

    /**
     * A client without a session continues by itself. The others keep the session that ended with the server, and tell the
     * program, which must connect again.
     */
    void assertTheyGoOnOrAreTold() {
        for (NodeClient client : clients) {
            if (client.name().equals(STATELESS)) {
                Eventually.within(
                        Duration.ofSeconds(20),
                        client.name() + " continues",
                        () -> client.answered() > answeredBefore.getOrDefault(client, 0L));
            } else {
                assertThat(client.lastLine()).as(client.name()).matches("(answered|failed: .*)");
            }
        }
        clients.forEach(client -> System.out.println(client.name() + " after the restart: " + client.lastLine()));
    }

    @Override
    public void close() {
        clients.forEach(NodeClient::close);
    }
}
