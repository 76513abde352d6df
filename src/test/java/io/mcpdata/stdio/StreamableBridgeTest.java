package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The bridge with a server that has {@code /mcp}; {@link BridgeTest} has servers without it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
final class StreamableBridgeTest {

    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}";

    private InMemoryPlatform platform;
    private BridgeClient client;

    @BeforeEach
    @SuppressWarnings("NullAway") // each test starts its own client
    void start() throws IOException {
        platform = new InMemoryPlatform();
        platform.hasMcp = true;
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        platform.close();
    }

    private void bridge(String... options) throws IOException {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "--url";
        arguments[1] = platform.url();
        System.arraycopy(options, 0, arguments, 2, options.length);
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), arguments);
    }

    private void opened(String... options) throws Exception {
        bridge(options);
        client.say(INITIALIZE);
        assertThat(client.hear()
                        .getAsJsonObject("result")
                        .get("protocolVersion")
                        .getAsString())
                .isEqualTo("2025-11-25");
        client.say(INITIALIZED);
        eventually(() -> platform.heard().size() == 2);
        eventually(() -> platform.streamable().headers().contains("GET s-1 2025-11-25"));
    }

    private static String request(int id, String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\"}}";
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private JsonObject hearAnswer(int id) throws InterruptedException {
        JsonObject heard = client.hear();
        while (!heard.has("id") || heard.get("id").getAsInt() != id) {
            heard = client.hear();
        }
        return heard;
    }

    @Test
    void everyMessageGoesToMcpInTheClientsRevisionAndAsItWasWritten() throws Exception {
        opened();
        String odd = "{\"jsonrpc\": \"2.0\", \"id\": 1.50, \"method\": \"a<b\", \"params\": {\"n\": 1e400}}";

        client.say(odd);
        assertThat(client.hear().get("id").toString()).isEqualTo("1.50");
        for (int id = 2; id < 30; id++) {
            client.say(request(id, "echo"));
        }
        Set<Integer> answered = new TreeSet<>();
        for (int id = 2; id < 30; id++) {
            answered.add(client.hear().get("id").getAsInt());
        }

        assertThat(answered).hasSize(28).contains(2, 29);
        assertThat(platform.heard())
                .startsWith("s-1 " + INITIALIZE, "s-1 " + INITIALIZED, "s-1 " + odd)
                .hasSize(31);
        assertThat(platform.streamable().headers())
                .startsWith("GET", "POST", "POST s-1 2025-11-25")
                .endsWith("POST s-1 2025-11-25");
        assertThat(client.err()).isEmpty();
    }

    @Test
    void answerOnAnEventStreamReachesTheClientWithWhatComesBefore() throws Exception {
        opened();

        client.say(request(1, "streamed"));

        assertThat(client.hear().toString()).contains("notifications/progress");
        assertThat(client.hear().getAsJsonObject("result").get("echo").getAsString())
                .isEqualTo("streamed");
    }

    @Test
    void slowRequestKeepsNoOtherWaiting() throws Exception {
        opened();
        for (int id = 1; id < 8; id++) {
            client.say(request(id, "slow"));
        }

        client.say(request(9, "echo"));

        assertThat(hearAnswer(9).has("result")).isTrue();
    }

    @Test
    void whatTheServerSendsUnaskedReachesTheClient() throws Exception {
        opened();
        eventually(
                () -> sends("event: message\nid: 8\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n"));

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/x");
    }

    private boolean sends(String text) {
        try {
            platform.send(text);
            return !client.hearsNothing();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void restartOfTheServerIsHiddenFromTheClient() throws Exception {
        opened();

        platform.stop();
        client.say(request(1, "echo"));
        eventually(() ->
                client.err().contains("nothing listens there") || client.err().contains("ended the connection"));
        platform.start();

        assertThat(hearAnswer(1).has("result")).isTrue();
        assertThat(platform.heard()).hasSize(5);
        assertThat(platform.heard().get(2)).contains("\"initialize\"");
        assertThat(platform.heard().get(3)).endsWith(INITIALIZED);
        assertThat(platform.heard().get(4)).endsWith(request(1, "echo"));
        assertThat(client.err()).contains("connected again");
        assertThat(client.hearsNothing()).isTrue();
    }

    @Test
    void manyRestartsAreSurvived() throws Exception {
        opened();
        for (int round = 1; round <= 4; round++) {
            platform.stop();
            client.say(request(round, "echo"));
            Thread.sleep(100);
            platform.start();

            assertThat(hearAnswer(round).has("result")).isTrue();
        }
    }

    @Test
    void requestThatWasUnderWayGetsAnErrorWhenTheServerStops() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);

        platform.stop();

        assertThat(hearAnswer(1).getAsJsonObject("error").get("message").getAsString())
                .contains("whether the request was carried out is not known");
    }

    @Test
    void lostStreamOfALivingSessionIsResumedAndLosesNoAnswer() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);

        platform.dropStreams();

        eventually(() -> platform.streamable().headers().contains("GET s-1 2025-11-25 e-2"));
        client.say(request(2, "echo"));
        assertThat(hearAnswer(2).has("result")).isTrue();
        assertThat(platform.heard()).hasSize(4).endsWith("s-1 " + request(2, "echo"));
    }

    @Test
    void forgottenSessionIsOpenedAgainAndTheMessageSentAgain() throws Exception {
        opened();
        platform.forgetSessions();

        client.say(request(1, "echo"));

        assertThat(hearAnswer(1).has("result")).isTrue();
        assertThat(client.err()).contains("404 no such session");
    }

    @Test
    void serverWithoutAStreamForTheSessionIsUsed() throws Exception {
        platform.streamable().hasStream = false;
        opened();

        client.say(request(1, "echo"));

        assertThat(hearAnswer(1).has("result")).isTrue();
        assertThat(client.err()).isEmpty();
    }

    @Test
    void requestWithoutASessionHasItsHeadersAndItsCancellationClosesIt() throws Exception {
        bridge();
        client.say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"slow \u00e9\","
                + META + "}}");
        eventually(() -> platform.heard().size() == 1);
        // the stream of the call has begun, so nothing of it comes after the cancellation
        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/progress");
        client.say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"server/discover\",\"params\":{" + META + "}}");
        assertThat(hearAnswer(2).has("result")).isTrue();

        client.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");

        eventually(() -> platform.heard().contains(" closed 1"));
        assertThat(platform.streamable().headers())
                .containsExactly(
                        "GET", "POST 2026-07-28 tools/call =?base64?c2xvdyDDqQ==?=", "POST 2026-07-28 server/discover");
        client.endInput();
        assertThat(client.exitCode()).isZero();
        assertThat(client.hearsNothing()).isTrue();
    }

    /** A client on standard input need not know which headers Streamable HTTP wants. */
    @Test
    void headersThatRepeatArgumentsFollowTheListOfTools() throws Exception {
        bridge();
        String call = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"order\","
                + "\"arguments\":%s," + META + "}}";
        client.say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + META + "}}");
        assertThat(hearAnswer(1).has("result")).isTrue();

        client.say(call.formatted(2, "{\"place\":{\"region\":\"Tölz\"},\"amount\":42}"));
        assertThat(hearAnswer(2).has("result")).isTrue();
        client.say(call.formatted(3, "{\"place\":{\"region\":null}}"));
        assertThat(hearAnswer(3).has("result")).isTrue();
        client.say(
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tasks/get\",\"params\":{\"taskId\":\"t-1\"," + META + "}}");
        assertThat(hearAnswer(4).has("result")).isTrue();

        assertThat(platform.streamable().headers())
                .endsWith(
                        "POST 2026-07-28 tools/call order =?base64?VMO2bHo=?= 42",
                        "POST 2026-07-28 tools/call order",
                        "POST 2026-07-28 tasks/get t-1");
    }

    @Test
    void refusedMessageIsAnErrorOfThatRequest() throws Exception {
        opened();
        platform.problem = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"too long\"}}";
        platform.messageStatus = 413;

        client.say(request(1, "echo"));

        assertThat(hearAnswer(1).getAsJsonObject("error").get("message").getAsString())
                .contains("413 too long");
        platform.messageStatus = 202;
        client.say(request(2, "echo"));
        assertThat(hearAnswer(2).has("result")).isTrue();
    }

    @Test
    void serverThatIsBusyGetsTheMessageLater() throws Exception {
        opened();
        platform.messageStatus = 503;
        client.say(request(1, "echo"));
        Thread.sleep(500);

        platform.messageStatus = 202;

        assertThat(hearAnswer(1).has("result")).isTrue();
    }

    @Test
    void keyThatIsRevokedLaterEndsItAndAnswersWhatIsOpen() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);
        platform.messageStatus = 401;

        client.say(request(2, "echo"));

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(hearAnswer(1).has("error")).isTrue();
        assertThat(hearAnswer(2).has("error")).isTrue();
        assertThat(client.err()).contains("is not accepted").hasLineCount(1);
    }

    @Test
    void refusedKeyEndsItWithOneLine() throws Exception {
        client = new BridgeClient(Map.of("MCP_API_KEY", "another-key-0123456789"), "--url", platform.url());

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err()).contains("is not accepted").contains("(401)").hasLineCount(1);
    }

    @Test
    void endOfTheInputEndsTheSession() throws Exception {
        opened();
        client.endInput();

        assertThat(client.exitCode()).isZero();
        assertThat(platform.streamable().headers()).endsWith("DELETE s-1 2025-11-25");
        assertThat(client.err()).isEmpty();
    }

    @Test
    void sseIsUsedWhereItIsAskedFor() throws Exception {
        bridge("--transport", "sse");
        client.say(INITIALIZE);

        assertThat(client.hear().has("result")).isTrue();
        assertThat(platform.heard()).containsExactly("1 " + INITIALIZE);
        assertThat(platform.streamable().headers()).isEmpty();
    }

    @Test
    void sseIsNotUsedWhereMcpIsAskedFor() throws Exception {
        platform.hasMcp = false;
        bridge("--transport", "http", "--patience", "1s");
        client.say(INITIALIZE);

        assertThat(client.hear().getAsJsonObject("error").get("message").getAsString())
                .contains(": 404 ");
        assertThat(platform.heard()).isEmpty();
    }

    @Test
    void unknownTransportIsWrongUsage() throws Exception {
        bridge("--transport", "websocket");

        assertThat(client.exitCode()).isEqualTo(2);
        assertThat(client.err()).contains("expected auto, http or sse");
    }
}
