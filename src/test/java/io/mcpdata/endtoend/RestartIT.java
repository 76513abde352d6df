package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.container.keys.HeapDump;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart of the server: clients continue after it, with the bridge and without it, and keys made at run time survive it. */
@ArquillianTest
@Order(7)
final class RestartIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final String NAME = "survivor";

    @Test
    void clientsAndKeysMadeAtRunTimeSurviveARestart(@TempDir Path directory) throws Exception {
        Platform before = SecondPlatform.with(Platform.standardYaml());
        String made = make(before);
        BridgedClient bridge = new BridgedClient(before.server(), directory);
        io.modelcontextprotocol.modern.client.McpSyncClient modern =
                ModernClient.of(before.server(), before.key("analyst"));
        try (McpSyncClient client = bridge.client(before.key("analyst"));
                McpSyncClient bySse = bridge.client(before.key("analyst"), "sse");
                McpSyncClient direct = direct(before);
                McpSyncClient directBySse = directBySse(before);
                NodeClients node = NodeClients.of(before, directory)) {
            client.initialize();
            bySse.initialize();
            direct.initialize();
            directBySse.initialize();
            Object answer = BridgedClient.ask(client);
            assertThat(BridgedClient.ask(direct)).isEqualTo(answer);
            assertThat(ModernClient.query(modern, BridgedClient.QUESTION).structuredContent())
                    .isEqualTo(answer);

            node.awaitAnswers();
            assertThat(BridgedClient.ask(bySse)).isNotNull();

            before.close();
            node.ended();
            Platform again = SecondPlatform.startAgain();

            assertKeySurvives(again, made);
            assertThat(again.server().baseUrl()).isEqualTo(before.server().baseUrl());
            assertThat(BridgedClient.ask(client)).isEqualTo(answer);
            assertThat(BridgedClient.tools(client)).contains("sql_query");
            assertThat(BridgedClient.tools(bySse)).contains("sql_query");
            assertThat(bridge.stderr()).anySatisfy(line -> assertThat(line).contains("connected again"));
            assertThat(ModernClient.query(modern, BridgedClient.QUESTION).structuredContent())
                    .isEqualTo(answer);
            Eventually.within(Duration.ofSeconds(20), "the client continues", () -> answers(direct, answer));
            node.assertTheyGoOn();
            assertThatThrownBy(() -> BridgedClient.ask(directBySse))
                    .as("the Java client does not open its stream again, and its program is told")
                    .isInstanceOf(RuntimeException.class);
            assertRestoredSessionsAreAudited(again);
        }
    }

    private static void assertRestoredSessionsAreAudited(Platform platform) throws IOException, SQLException {
        String opened = "type = 'SESSION_OPEN' AND category = ";
        StoredRows.awaitAny(platform, opened + "'restored'");
        if (NodeClient.areInstalled()) {
            // both TypeScript clients over /sse
            StoredRows.awaitCount(platform, opened + "'without_initialize'", 2);
        }
    }

    /** With a session of {@code /mcp}. */
    private static McpSyncClient direct(Platform platform) {
        String key = platform.key("analyst");
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(
                                platform.server().baseUrl())
                        .endpoint("/mcp")
                        .httpRequestCustomizer((builder, method, endpoint, body, context) ->
                                builder.setHeader("Authorization", "Bearer " + key))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static McpSyncClient directBySse(Platform platform) {
        String key = platform.key("analyst");
        return McpClient.sync(
                        HttpClientSseClientTransport.builder(platform.server().baseUrl())
                                .httpRequestCustomizer((builder, method, endpoint, body, context) ->
                                        builder.setHeader("Authorization", "Bearer " + key))
                                .build())
                .requestTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** The client continues by itself, but may lose the call that finds the connection closed. */
    private static boolean answers(McpSyncClient client, Object answer) {
        try {
            return BridgedClient.ask(client).equals(answer);
        } catch (RuntimeException lost) {
            return false;
        }
    }

    private static String make(Platform platform) {
        Web web = new Web(platform);
        String made = web.post(
                        "/api/v1/keys", platform.key("admin"), "{\"name\":\"" + NAME + "\",\"roles\":[\"analyst\"]}")
                .json()
                .getString("key");
        assertThat(web.get(WHOAMI, made).status()).isEqualTo(200);
        return made;
    }

    private static void assertKeySurvives(Platform platform, String made) {
        Web web = new Web(platform);
        String unknown = KeyFormat.generate(new SecureRandom()).reveal();
        Eventually.within(
                Duration.ofSeconds(20),
                "the keys of the store are in memory",
                () -> web.get(WHOAMI, unknown).status() == 401);
        HeapDump.of(platform).mustNotHold(made);
        Eventually.within(
                Duration.ofSeconds(20),
                "a key made at run time survives a restart",
                () -> web.get(WHOAMI, made).status() == 200);
        JsonObject listed = web.get("/api/v1/keys", platform.key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("name").equals(NAME))
                .findFirst()
                .orElseThrow();
        // once before the restart and once after it
        assertThat(listed.getJsonObject("last_used").getInt("count")).isEqualTo(2);
    }
}
