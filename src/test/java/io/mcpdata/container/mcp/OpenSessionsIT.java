package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.DocumentedCommands;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator lists the open sessions of all callers, and ends one. */
@ArquillianTest
@Timeout(120)
final class OpenSessionsIT {

    private static final String SESSIONS = "/api/v1/sessions";
    private static final Duration SOON = Duration.ofSeconds(10);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void listNamesEachSessionWithItsCallerAndNeverTheIdOfItsClient() {
        McpClient analyst = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"));
                EventStream subscription = subscription("viewer")) {
            assertThat(subscription.next("message").data()).contains("acknowledged");
            Answer answer = web.get(SESSIONS + "?limit=1000", platform.key("admin"));
            String sseId = viewer.endpoint().replaceAll(".*sessionId=", "");
            assertThat(answer.body()).doesNotContain(analyst.session(), sseId);

            JsonObject session = newest("kind=streamable&key_id=" + keyId("analyst"));
            assertThat(session.getString("caller")).isEqualTo("analyst-service");
            assertThat(session.getString("identity")).isEqualTo("api_key:" + keyId("analyst"));
            assertThat(session.getString("method")).isEqualTo("api_key");
            assertThat(session.getString("persona")).isEqualTo("analyst");
            assertThat(session.getString("protocol_version")).isEqualTo("2025-11-25");
            assertThat(session.getString("client_address")).isEqualTo("127.0.0.1");
            assertThat(Instant.parse(session.getString("last_request_at")))
                    .isAfterOrEqualTo(Instant.parse(session.getString("opened_at")));
            assertThat(session.getInt("running_calls")).isZero();
            assertThat(session.getBoolean("listening")).isFalse();

            JsonObject stream = newest("kind=sse&persona=viewer");
            assertThat(stream.getString("protocol_version")).isEqualTo("2024-11-05");
            assertThat(stream.getBoolean("listening")).isTrue();
            assertThat(newest("kind=subscription&identity=api_key:" + keyId("viewer"))
                            .getString("protocol_version"))
                    .isEqualTo("2026-07-28");
        }
    }

    @Test
    void limitCutsTheListAndTheTotalDoesNotChange() {
        try (EventStream one = subscription("viewer");
                EventStream two = subscription("viewer")) {
            assertThat(one.next("message").data()).contains("acknowledged");
            assertThat(two.next("message").data()).contains("acknowledged");
            JsonObject cut = web.get(SESSIONS + "?kind=subscription&limit=1", platform.key("admin"))
                    .json();
            assertThat(cut.getJsonArray("sessions")).hasSize(1);
            assertThat(cut.getInt("total")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void endedSessionIsUnknownToItsClientWhichMayOpenAnotherOne() throws IOException, SQLException {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        Instant begin = Instant.now();
        try (EventStream listening = client.listen()) {
            assertThat(listening.next("message").data()).isEmpty();
            String id = newest("kind=streamable&key_id=" + keyId("analyst")).getString("id");

            assertThat(ended(id).status()).isEqualTo(204);

            assertThat(listening.endsWithin(SOON)).isTrue();
            assertThat(client.ask(2, "ping", "").status()).isEqualTo(404);
            assertThat(ended(id).status()).isEqualTo(404);
            StoredRows.awaitCount(
                    platform,
                    "type = 'SESSION_CHANGE' AND category = 'session_ended' AND caller = 'admin-service'"
                            + " AND parameters LIKE '%\"analyst-service\"%'"
                            + StoredRows.since(begin),
                    1);
            StoredRows.awaitCount(
                    platform,
                    "type = 'SESSION_CLOSE' AND category = 'closed_by_administrator' AND caller = 'analyst-service'"
                            + StoredRows.since(begin),
                    1);
        }
        McpClient again = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        assertThat(again.ask(3, "ping", "").status()).isEqualTo(200);
    }

    @Test
    void endedStreamClosesAndItsMessagesAreRefused() {
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            assertThat(ended(newest("kind=sse&key_id=" + keyId("viewer")).getString("id"))
                            .status())
                    .isEqualTo(204);
            assertThat(viewer.stream().endsWithin(SOON)).isTrue();
            assertThat(viewer.send("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind=websocket | kind: found 'websocket'; expected one of sse, streamable, subscription, events",
                "limit=0 | limit: found '0'; expected a number from 1 to 1000",
                "limit=1001 | limit: found '1001'; expected a number from 1 to 1000",
                "limit=many | limit: found 'many'; expected a number from 1 to 1000",
                "persona= | persona: found nothing; expected a text of 1 to 256 characters",
                "colour=red | colour: found an unknown parameter; expected one of identity, key_id, kind, limit, persona"
            })
    void wrongParameterIsNamedWithWhatIsExpected(String query, String problem) {
        Answer answer = web.get(SESSIONS + "?" + query, platform.key("admin"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "auditor"})
    void otherCallersSeeAndEndNothing(String caller) {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        String id = newest("kind=streamable&key_id=" + keyId("analyst")).getString("id");
        assertThat(web.get(SESSIONS, platform.key(caller)).status()).isEqualTo(403);
        assertThat(web.send(web.to(SESSIONS + "/" + id, platform.key(caller)).DELETE())
                        .status())
                .isEqualTo(403);
        assertThat(client.ask(4, "ping", "").status()).isEqualTo(200);
    }

    @Test
    void clientsOwnIdEndsNothing() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        assertThat(ended(client.session()).status()).isEqualTo(404);
        assertThat(client.ask(5, "ping", "").status()).isEqualTo(200);
    }

    @Test
    void commandsOfTheGuideWork(@TempDir Path directory) throws IOException, InterruptedException {
        McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        String output = DocumentedCommands.run(
                DocumentedCommands.chapter(Path.of("docs", "operate.md"), "Open sessions"),
                directory,
                Map.of("MCP_DATA_PLATFORM_URL", platform.server().baseUrl(), "MCP_API_KEY", platform.key("admin")));
        assertThat(output).contains("\"kind\":\"streamable\"", "\"caller\":\"analyst-service\"");
    }

    private EventStream subscription(String caller) {
        return McpClient.stateless(web, platform.key(caller)).stream(
                4, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}");
    }

    private Answer ended(String id) {
        return web.send(web.to(SESSIONS + "/" + id, platform.key("admin")).DELETE());
    }

    private JsonObject newest(String query) {
        Answer answer = web.get(SESSIONS + "?" + query, platform.key("admin"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonObject> sessions = answer.json().getJsonArray("sessions").getValuesAs(JsonObject.class);
        Optional<JsonObject> first = sessions.stream().findFirst();
        assertThat(first).as(query).isPresent();
        return first.get();
    }

    private String keyId(String name) {
        return KeyDigest.of(platform.key(name)).id();
    }
}
