package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /mcp} with sessions: revisions 2025-03-26 to 2025-11-25. */
@ArquillianTest
@Timeout(300)
final class StreamableHttpIT {

    /** Long enough to be cancelled, and stopped by the connection's time limit if it is not. */
    private static final String SLOW =
            "{\"connection\":\"warehouse\",\"sql\":\"SELECT COUNT(*) FROM order_lines a JOIN order_lines b"
                    + " ON a.quantity < b.quantity + 100\"}";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
    void clientOfEachRevisionInitializesListsAndCalls(String revision) {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), revision);
        assertThat(client.notify("notifications/initialized", "").status()).isEqualTo(202);

        Answer list = client.ask(1, "tools/list", "");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Content-Type")).startsWith("application/json");
        assertThat(list.json().getJsonObject("result").getJsonArray("tools")).isNotEmpty();

        JsonObject result = client.call(2, "platform_info", "{}").json().getJsonObject("result");
        assertThat(result.getBoolean("isError")).isFalse();
    }

    /** As Java's own HTTP client does by default. The later messages use the connection of the first. */
    @Test
    void clientThatOffersHttp2IsAnswered() {
        McpClient client = McpClient.initialized(Web.preferringHttp2(platform), platform.key("viewer"), "2025-11-25");
        for (int id = 10; id < 13; id++) {
            assertThat(client.ask(id, "tools/list", "").body()).contains("\"tools\"");
        }
    }

    @Test
    void slowCallBecomesAnEventStreamThatEndsWithItsResponse() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        try (EventStream stream = client.stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            assertThat(stream.response().headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(stream.answer(7).getJsonObject("result").getBoolean("isError"))
                    .isTrue();
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    /** The client reads the beginning of the stream while the call runs. */
    @Test
    void streamOfASlowCallBeginsBeforeItsResponse() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-06-18");

        try (EventStream stream = client.stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            assertThat(stream.next().name()).isEqualTo(":");
            long begun = System.nanoTime();
            stream.answer(7);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void clientOfALongStatementThatWantsProgressIsToldThatItRuns() {
        McpClient client = McpClient.initialized(web, platform.key("admin"), "2025-11-25");

        try (EventStream stream = client.stream(
                7,
                "tools/call",
                McpClient.call("sql_query", SLOW.replace("warehouse", "archive"))
                        + ",\"_meta\":{\"progressToken\":\"p7\"}")) {
            JsonObject first = message(stream);
            assertThat(first.getString("method")).isEqualTo("notifications/progress");
            assertThat(first.getJsonObject("params").getString("progressToken")).isEqualTo("p7");
            assertThat(first.getJsonObject("params").getString("message")).matches("running for [1-9][0-9]* s");
            client.notify("notifications/cancelled", "\"requestId\":7");
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    private static JsonObject message(EventStream stream) {
        EventStream.Event event = stream.next("message");
        return event.data().isEmpty() ? message(stream) : event.json();
    }

    @Test
    void clientThatTakesJsonAloneGetsJsonHoweverSlowTheCall() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        Answer answer = web.send(client.request(7, "tools/call", McpClient.call("sql_query", SLOW))
                .setHeader("Accept", "application/json"));

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().getJsonObject("result").getBoolean("isError")).isTrue();
    }

    @Test
    void clientThatTakesNeitherFormIsTold() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        assertThat(web.send(client.request(7, "ping", "").setHeader("Accept", "text/html"))
                        .status())
                .isEqualTo(406);
    }

    @Test
    void interruptedStreamIsResumedWithTheResponse() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        String seen;
        try (EventStream stream = client.stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            seen = stream.next("message").id();
        }

        try (EventStream resumed = client.resume(seen)) {
            assertThat(resumed.answer(7).getJsonObject("result").getBoolean("isError"))
                    .isTrue();
            assertThat(resumed.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
        // and once more, after its end
        try (EventStream resumed = client.resume(seen)) {
            assertThat(resumed.answer(7).getJsonObject("result").getBoolean("isError"))
                    .isTrue();
            assertThat(resumed.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void eventsThatAreNotKeptCannotBeResumed() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        String seen;
        try (EventStream stream = client.stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            seen = stream.next("message").id();
            stream.answer(7);
        }

        for (String id : new String[] {"unknown-1", "x", seen.replaceAll("-\\d+$", "-99")}) {
            Answer answer = web.send(client.base().header("Last-Event-ID", id).GET());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("not kept any more");
        }
        McpClient another = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        assertThat(web.send(another.base().header("Last-Event-ID", seen).GET()).status())
                .isEqualTo(400);
    }

    @Test
    void cancelledCallIsNotAnswered() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        try (EventStream stream = client.stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            assertThat(client.notify("notifications/cancelled", "\"requestId\":7")
                            .status())
                    .isEqualTo(202);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void sessionEndsWithDelete() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        try (EventStream stream = client.listen()) {
            assertThat(web.send(client.base().DELETE()).status()).isEqualTo(204);
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
        assertThat(client.ask(1, "ping", "").status()).isEqualTo(404);
        assertThat(web.send(client.base().DELETE()).status()).isEqualTo(404);
    }

    @Test
    void sessionOfAnotherCallerDoesNotExist() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        McpClient thief = new McpClient(web, platform.key("viewer"), "2025-11-25", client.headers());

        Answer theirs = thief.ask(1, "tools/list", "");
        Answer unknown = thief.with("Mcp-Session-Id", "unknown").ask(1, "tools/list", "");

        assertThat(theirs.status()).isEqualTo(404);
        assertThat(withoutRequestId(theirs)).isEqualTo(withoutRequestId(unknown));
        assertThat(web.send(thief.base().DELETE()).status()).isEqualTo(404);
        assertThat(web.send(thief.base().header("Accept", "text/event-stream").GET())
                        .status())
                .isEqualTo(404);
        assertThat(client.ask(1, "ping", "").status()).isEqualTo(200);
    }

    /** A malformed request to initialize neither opens a session nor takes the place of one. */
    @Test
    void malformedInitializeOpensNoSession() {
        McpClient client = new McpClient(web, platform.key("analyst"), "2025-11-25", java.util.Map.of());

        Answer answer = client.ask(1, "initialize", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32602);
    }

    @Test
    void addressMayEndWithASlash() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
        var request = web.to("/mcp/", platform.key("analyst"))
                .header("Mcp-Session-Id", client.session())
                .header("Content-Type", Web.JSON)
                .header("Accept", "application/json, text/event-stream")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));

        assertThat(web.send(request).json()).containsKey("result");
    }

    @Test
    void messageWithoutASessionIsTold() {
        McpClient client = new McpClient(web, platform.key("analyst"), "2025-11-25", java.util.Map.of());

        assertThat(client.ask(1, "tools/list", "").status()).isEqualTo(400);
        assertThat(client.notify("notifications/initialized", "").status()).isEqualTo(400);
        assertThat(web.send(client.base().header("Accept", "text/event-stream").GET())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void revisionThatTheServerDoesNotHaveIsRefused() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        assertThat(client.with("MCP-Protocol-Version", "1999-01-01")
                        .ask(1, "ping", "")
                        .status())
                .isEqualTo(400);
        assertThat(McpClient.initialized(web, platform.key("analyst"), "2099-01-01")
                        .headers()
                        .get("MCP-Protocol-Version"))
                .isEqualTo("2025-11-25");
    }

    @Test
    void errorsOfAMessageAreJsonRpcErrors() {
        McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");

        assertThat(client.post("{").json().getJsonObject("error").getInt("code"))
                .isEqualTo(-32700);
        assertThat(client.post("[]").status()).isEqualTo(400);
        assertThat(client.ask(1, "unknown/method", "")
                        .json()
                        .getJsonObject("error")
                        .getInt("code"))
                .isEqualTo(-32601);
        assertThat(client.call(1, "unknown", "{}").json().getJsonObject("error").getInt("code"))
                .isEqualTo(-32602);
        assertThat(web.send(client.request(1, "ping", "").setHeader("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(415);
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\""
                                + "x".repeat(1_100_000) + "\"}}")
                        .status())
                .isEqualTo(413);
    }

    private static String withoutRequestId(Answer answer) {
        return answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
