package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Sessions of {@code /mcp} after a restart of the server: what is restored for their clients, and what is not. */
@ArquillianTest
@OnOneServer
@Order(7)
final class RestoredSessionsIT {

    private static final int MOST = 3;

    private final Instant begin = Instant.now();

    @Test
    void sessionIsRestoredForItsCallerAloneAndOnlyOnce() throws Exception {
        Platform platform = SecondPlatform.with(
                Platform.standardYaml().replace("limits:\n", "limits:\n  sessions_per_caller: " + MOST + "\n"));
        Web web = new Web(platform);
        // clients that another test has left count as other callers
        String own = newKey(web, "restores-its-own");
        McpClient client = McpClient.initialized(web, own, "2025-11-25");
        McpClient older = McpClient.initialized(web, own, "2025-03-26");
        McpClient deleted = McpClient.initialized(web, platform.key("viewer"), "2025-06-18");
        String lastEvent;
        try (EventStream stream = client.listen()) {
            lastEvent = stream.next("message").id();
        }
        McpClient revoked = McpClient.initialized(web, newKey(web, "revoked-meanwhile"), "2025-11-25");
        String many = newKey(web, "restores-many");
        List<McpClient> flood = Stream.generate(() -> McpClient.initialized(web, many, "2025-11-25"))
                .limit(2 * MOST)
                .toList();
        assertThat(client.session()).matches("[!-~]{40,299}");

        platform.close();
        Platform again = SecondPlatform.startAgain();
        Web after = new Web(again);

        assertThat(query(client)).contains("structuredContent");
        assertThat(query(older)).doesNotContain("structuredContent");
        aNewStreamBeginsAndTheClientIsToldThatListsMayHaveChanged(client, lastEvent);
        noOtherCallerRestoresIt(after, client);
        clientThatInitializesGetsANewSession(client);
        deletedSessionIsNotRestored(deleted);
        floodEndsAtTheLimit(flood);
        revokedKeyRestoresNothing(after, revoked);
        sessionOfThisStartThatEndedIsUnknown(after);

        awaitRows(again, "type = 'SESSION_OPEN' AND category = 'restored' AND outcome = 'SUCCESS'", 3 + flood.size());
        awaitRows(again, "type = 'ACCESS_DENIED' AND category = 'session_of_another'", 1);
    }

    private static void aNewStreamBeginsAndTheClientIsToldThatListsMayHaveChanged(McpClient client, String lastEvent) {
        try (EventStream stream = client.resume(lastEvent)) {
            assertThat(stream.next("message").data()).isEmpty();
            for (String list : new String[] {"tools", "resources", "prompts"}) {
                EventStream.Event event = stream.next("message");
                assertThat(event.json().getString("method")).isEqualTo("notifications/" + list + "/list_changed");
                assertThat(event.id()).isNotEmpty();
            }
        }
        // an answer that was lost with its call
        Answer answer = client.web()
                .send(client.base()
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEvent.replaceFirst("^m", "a"))
                        .GET());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("not kept any more");
    }

    private static void noOtherCallerRestoresIt(Web web, McpClient client) {
        String id = client.session();
        McpClient another = new McpClient(web, web.platform().key("viewer"), "2025-11-25", client.headers());
        String forged = id.substring(0, id.length() - 1) + (id.endsWith("A") ? "E" : "A");

        Answer stolen = another.ask(1, "ping", "");
        Answer invented = client.with("Mcp-Session-Id", "never-was").ask(1, "ping", "");

        assertThat(stolen.status()).isEqualTo(404);
        assertThat(withoutId(stolen)).isEqualTo(withoutId(invented));
        for (String other : new String[] {forged, id + "=", id + "A", "A" + id, id.replace(".", "")}) {
            assertThat(client.with("Mcp-Session-Id", other).ask(1, "ping", "").status())
                    .as(other)
                    .isEqualTo(404);
        }
        assertThat(client.ask(2, "ping", "").status()).isEqualTo(200);
    }

    /** A session that is open answers that it is initialized; one that is not restored is unknown. */
    private static void clientThatInitializesGetsANewSession(McpClient client) {
        assertThat(client.initialize().body()).contains("initialized already");
    }

    private static void deletedSessionIsNotRestored(McpClient deleted) {
        assertThat(deleted.initialize().status()).isEqualTo(404);
        assertThat(deleted.ask(1, "ping", "").status()).isEqualTo(200);
        assertThat(deleted.web().send(deleted.base().DELETE()).status()).isEqualTo(204);
        assertThat(deleted.ask(1, "ping", "").status()).isEqualTo(404);
        assertThat(deleted.web().send(deleted.base().DELETE()).status()).isEqualTo(404);
    }

    private static void floodEndsAtTheLimit(List<McpClient> flood) {
        for (McpClient client : flood) {
            assertThat(client.ask(1, "ping", "").status()).isEqualTo(200);
        }
        assertThat(flood.stream()
                        .map(client -> client.ask(2, "ping", "").status())
                        .toList())
                .containsExactly(404, 404, 404, 200, 200, 200);
    }

    private static void revokedKeyRestoresNothing(Web web, McpClient revoked) {
        String id = web.get("/api/v1/keys", web.platform().key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .filter(key -> key.getString("name").equals("revoked-meanwhile"))
                .findFirst()
                .orElseThrow()
                .getString("key_id");
        assertThat(web.send(web.to("/api/v1/keys/" + id, web.platform().key("admin"))
                                .DELETE())
                        .status())
                .isEqualTo(204);

        assertThat(revoked.ask(1, "ping", "").status()).isEqualTo(401);
    }

    private static void sessionOfThisStartThatEndedIsUnknown(Web web) {
        McpClient ended = McpClient.initialized(web, web.platform().key("viewer"), "2025-11-25");
        assertThat(web.send(ended.base().DELETE()).status()).isEqualTo(204);
        assertThat(ended.ask(1, "ping", "").status()).isEqualTo(404);
    }

    private static String query(McpClient client) {
        Answer answer = client.call(1, "sql_query", "{\"connection\":\"warehouse\",\"sql\":\"SELECT 1 AS one\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"result\"");
        return answer.body();
    }

    private static String newKey(Web web, String name) {
        Answer made = web.post(
                "/api/v1/keys", web.platform().key("admin"), "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().getString("key");
    }

    private static String withoutId(Answer answer) {
        return answer.body().replaceAll("\"request_?[iI]d\":\"[^\"]*\"", "");
    }

    private void awaitRows(Platform platform, String condition, long expected) throws Exception {
        StoredRows.awaitCount(platform, condition + StoredRows.since(begin), expected);
    }
}
