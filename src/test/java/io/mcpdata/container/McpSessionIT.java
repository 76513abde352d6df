package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2024-11-05 over {@code /sse} and {@code /messages}, with clients that behave and clients that do not. */
@ArquillianTest
final class McpSessionIT {

    /** Long enough to be cancelled, and stopped by the connection's time limit if it is not. */
    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void sessionBeginsWithTheAddressForItsMessages() {
        try (EventStream stream = web.open(platform.key("analyst"))) {
            assertThat(stream.response().headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(stream.response().headers().firstValue("X-Accel-Buffering"))
                    .contains("no");
            assertThat(stream.endpoint()).startsWith("/messages?sessionId=").doesNotContain("token");
        }
    }

    @Test
    void initializeTellsVersionNameAndCapabilities() {
        try (McpConversation conversation = McpConversation.open(web, platform.key("analyst"))) {
            JsonObject result = conversation.initialize().getJsonObject("result");

            assertThat(result.getString("protocolVersion")).isEqualTo("2024-11-05");
            assertThat(result.getJsonObject("serverInfo").getString("name")).isEqualTo("container tests");
            assertThat(result.getJsonObject("serverInfo").getString("version")).matches("\\d+\\.\\d+\\..*");
            assertThat(result.getJsonObject("capabilities"))
                    .containsOnlyKeys("tools", "resources", "prompts", "logging");
        }
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05, false", "2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
    void onlyAClientThatKnowsStructuredContentGetsIt(String newest, boolean knows) {
        try (McpConversation conversation = McpConversation.open(web, platform.key("analyst"))) {
            conversation.initialize(newest);

            JsonObject tool = conversation
                    .request("tools/list", JsonValue.EMPTY_JSON_OBJECT)
                    .getJsonObject("result")
                    .getJsonArray("tools")
                    .getJsonObject(0);
            JsonObject answer = conversation.query("SELECT 1 AS one");

            assertThat(tool.containsKey("outputSchema")).isEqualTo(knows);
            assertThat(answer.getJsonObject("result").containsKey("structuredContent"))
                    .isEqualTo(knows);
            assertThat(McpConversation.structured(answer).getInt("rowCount")).isEqualTo(1);
            if (knows) {
                assertThat(answer.getJsonObject("result").getJsonObject("structuredContent"))
                        .isEqualTo(McpConversation.structured(answer));
            }
        }
    }

    @Test
    void pingIsAnsweredBeforeAndAfterInitialize() {
        try (McpConversation conversation = McpConversation.open(web, platform.key("analyst"))) {
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
            conversation.initialize();
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
        }
    }

    /** As a client sends them that opens its stream again after a restart of the server. */
    @Test
    void requestsWithoutInitializeAreAnsweredWithEveryOptionalMember() {
        try (McpConversation conversation = McpConversation.open(web, platform.key("analyst"))) {
            JsonObject tool = conversation
                    .request("tools/list", JsonValue.EMPTY_JSON_OBJECT)
                    .getJsonObject("result")
                    .getJsonArray("tools")
                    .getJsonObject(0);
            JsonObject answer = conversation.query("SELECT 1 AS one");

            assertThat(tool).containsKey("outputSchema");
            assertThat(answer.getJsonObject("result").getJsonObject("structuredContent"))
                    .isEqualTo(McpConversation.structured(answer));
            assertThat(conversation.initialize()).containsKey("result");
        }
    }

    @Test
    void unknownMethodIsAnErrorAndTheSessionContinues() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            JsonObject error = conversation
                    .request("resources/absent", JsonValue.EMPTY_JSON_OBJECT)
                    .getJsonObject("error");

            assertThat(error.getInt("code")).isEqualTo(-32601);
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "[]",
                "\"ping\"",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                ""
            })
    void whatIsNoMessageIsABadRequestThatSaysWhy(String body) {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = conversation.send(body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getJsonObject("error").getInt("code")).isIn(-32700, -32600);
            assertThat(answer.json().getJsonObject("error").getString("message"))
                    .isNotBlank();
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
        }
    }

    @Test
    void deeplyNestedMessageIsRefused() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = conversation.send("[".repeat(5_000) + "]".repeat(5_000));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("Exception");
        }
    }

    @Test
    void messageBeyondTheConfiguredSizeIsRefused() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = conversation.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\""
                    + "x".repeat(70_000) + "\"}}");

            assertThat(answer.status()).isEqualTo(413);
            assertThat(conversation.request("ping", JsonValue.EMPTY_JSON_OBJECT))
                    .containsKey("result");
        }
    }

    @Test
    void messageThatDoesNotSayItIsJsonIsRefused() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = web.send(web.to(conversation.endpoint(), platform.key("analyst"))
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")));

            assertThat(answer.status()).isEqualTo(415);
        }
    }

    @Test
    void anothersSessionIsAsUnknownAsOneThatNeverWas() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

            Answer stolen = web.post(conversation.endpoint(), platform.key("admin"), ping);
            Answer invented = web.post("/messages?sessionId=never-was", platform.key("admin"), ping);

            assertThat(stolen.status()).isEqualTo(404);
            assertThat(withoutId(stolen)).isEqualTo(withoutId(invented));
        }
    }

    @Test
    void bothKeysOfOneNameShareTheSession() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer posted = web.post(
                    conversation.endpoint(),
                    platform.key("analyst-next"),
                    "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}");

            assertThat(posted.status()).isEqualTo(202);
            assertThat(conversation.stream().answer(77)).containsKey("result");
        }
    }

    @Test
    void messageWithoutCredentialIsRefusedEvenWithARightSessionId() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = web.send(web.to(conversation.endpoint())
                    .header("Content-Type", Web.JSON)
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")));

            assertThat(answer.status()).isEqualTo(401);
        }
    }

    @Test
    void messageWithoutSessionIsABadRequest() {
        assertThat(web.post("/messages", platform.key("analyst"), "{}").status())
                .isEqualTo(400);
    }

    @Test
    void streamOfAQueryKeyBringsItsOwnTokenWhichIsGoodForThatSessionAlone() {
        try (EventStream first = web.open(web.to("/sse?api_key=" + platform.key("analyst")));
                EventStream second = web.open(web.to("/sse?api_key=" + platform.key("analyst")))) {
            McpConversation one = McpConversation.over(web, first);
            McpConversation two = McpConversation.over(web, second);
            String mixed =
                    one.endpoint().replaceAll("&token=.*", "") + two.endpoint().replaceAll(".*(&token=.*)", "$1");

            assertThat(one.initialize()).containsKey("result");
            assertThat(two.initialize()).containsKey("result");
            assertThat(web.send(web.to(mixed)
                                    .header("Content-Type", Web.JSON)
                                    .POST(BodyPublishers.ofString(
                                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void sessionTokenEndsWithItsStream() {
        EventStream stream = web.open(web.to("/sse?api_key=" + platform.key("analyst")));
        McpConversation conversation = McpConversation.over(web, stream);
        conversation.initialize();
        stream.close();

        Eventually.within(
                Duration.ofSeconds(10),
                "the session is gone",
                () -> conversation
                                .send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                                .status()
                        == 401);
    }

    @Test
    void closedClientIsNoticedWithinTwoHeartbeats() {
        McpConversation conversation = McpConversation.begin(web, platform.key("analyst"));
        conversation.close();

        // heartbeats come every second here, and the watch looks every second
        Eventually.within(
                Duration.ofSeconds(5),
                "the session is gone",
                () -> conversation
                                .send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                                .status()
                        == 404);
    }

    @Test
    void idleStreamGetsHeartbeats() {
        try (EventStream stream = web.open(platform.key("viewer"))) {
            stream.endpoint();
            stream.find(":", Duration.ofSeconds(5));
            stream.find(":", Duration.ofSeconds(5));
        }
    }

    @Test
    void sessionThatSaysNothingIsClosed() {
        platform.configure(platform.originalYaml().replace("heartbeat: 1s", "heartbeat: 1s\n  session_idle: 3s"));
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(conversation.stream().endsWithin(Duration.ofSeconds(15))).isTrue();
        } finally {
            platform.configure(platform.originalYaml());
        }
    }

    @Test
    void runningCallIsCancelledAndNotAnswered() {
        // this connection lets a statement run for 30 seconds
        try (McpConversation conversation = McpConversation.begin(web, platform.key("admin"))) {
            int slow = conversation.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "archive", "sql", SLOW)));
            conversation.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                    + slow + "}}");

            // a second call with the same id is only taken once the first has ended
            Eventually.within(Duration.ofSeconds(10), "the cancelled call ends", () -> {
                JsonObject retried = retry(conversation, slow);
                return !retried.containsKey("error");
            });
        }
    }

    private static JsonObject retry(McpConversation conversation, int id) {
        conversation.send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", "tools/call")
                .add("params", McpConversation.callParams("list_connections", Map.of()))
                .build()
                .toString());
        return conversation.stream().answer(id);
    }

    @Test
    void fastCallIsAnsweredWhileASlowOneRuns() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            int slow = conversation.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", SLOW)));
            int fast = conversation.begin("tools/call", McpConversation.callParams("platform_info", Map.of()));

            JsonObject first = conversation.stream().next("message").json();
            assertThat(first.getInt("id")).as("which answer comes first").isEqualTo(fast);
            assertThat(first).containsKey("result");
            assertThat(conversation.stream().answer(slow)).containsKey("result");
        }
    }

    @Test
    void slowCallsOfOneCallerDoNotDelayOtherCallers() {
        try (McpConversation greedy = McpConversation.begin(web, platform.key("analyst"));
                McpConversation modest = McpConversation.begin(web, platform.key("admin"))) {
            List<Integer> slow = Stream.generate(() -> greedy.begin(
                            "tools/call",
                            McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", SLOW))))
                    .limit(8)
                    .toList();
            long begin = System.nanoTime();

            assertThat(modest.request("ping", JsonValue.EMPTY_JSON_OBJECT)).containsKey("result");
            assertThat(modest.call("platform_info", Map.of())).containsKey("result");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            slow.forEach(id ->
                    greedy.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                            + id + "}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/api/v1/whoami"})
    void streamsAndQuestionsTakeNoPost(String path) {
        Answer answer = web.post(path, platform.key("analyst"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).doesNotContain("jsonrpc");
    }

    @Test
    void messagesAreOnlyPosted() {
        assertThat(web.get("/messages?sessionId=x", platform.key("analyst")).status())
                .isEqualTo(405);
    }

    @Test
    void clientsSendTheNewestVersionHeaderAndAcceptAnything() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            Answer answer = web.send(conversation
                    .post()
                    .header("MCP-Protocol-Version", "2025-11-25")
                    .header("Accept", "*/*")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}")));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(conversation.stream().answer(9)).containsKey("result");
        }
    }

    private static String withoutId(Answer answer) {
        return answer.status() + answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
