package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.mcpdata.config.KeyDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
final class BridgeTest {

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    @TempDir
    Path directory;

    private InMemoryPlatform platform;
    private BridgeClient client;

    @BeforeEach
    @SuppressWarnings("NullAway") // each test starts its own client
    void start() throws IOException {
        platform = new InMemoryPlatform();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        platform.close();
    }

    private BridgeClient bridge(String... options) throws IOException {
        return bridgeWith(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), options);
    }

    private BridgeClient bridgeWith(Map<String, String> environment, String... options) throws IOException {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "--url";
        arguments[1] = platform.url();
        System.arraycopy(options, 0, arguments, 2, options.length);
        client = new BridgeClient(environment, arguments);
        return client;
    }

    private BridgeClient opened(String... options) throws Exception {
        bridge(options);
        client.say(INITIALIZE);
        assertThat(client.hear().get("id").getAsInt()).isZero();
        client.say(INITIALIZED);
        eventually(() -> platform.heard().size() == 2);
        return client;
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

    @Test
    void messagesGoThroughInOrderAndAsTheyWereWritten() throws Exception {
        opened();
        String odd =
                "{\"jsonrpc\": \"2.0\", \"id\": 1.50, \"method\": \"a<b\", \"params\": {\"n\": 1e400, \"t\": \"\u00e9\\u2028\"}}";

        client.say(odd);
        assertThat(client.hear().get("id").toString()).isEqualTo("1.50");
        for (int id = 2; id < 30; id++) {
            client.say(request(id, "echo"));
        }

        // a server may answer in any order
        Set<Integer> answered = new TreeSet<>();
        for (int id = 2; id < 30; id++) {
            answered.add(client.hear().get("id").getAsInt());
        }
        assertThat(answered).hasSize(28).contains(2, 29);
        assertThat(platform.heard())
                .startsWith("1 " + INITIALIZE, "1 " + INITIALIZED, "1 " + odd, "1 " + request(2, "echo"))
                .endsWith("1 " + request(28, "echo"), "1 " + request(29, "echo"))
                .hasSize(31);
        assertThat(client.err()).isEmpty();
    }

    @Test
    void whatTheServerSaysUnaskedReachesTheClient() throws Exception {
        opened();

        platform.send("event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                + "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"ping\"}\n\n");

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/progress");
        assertThat(client.hear().get("method").getAsString()).isEqualTo("ping");
        client.say("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"result\":{}}");
        eventually(() -> platform.heard().contains("1 {\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"result\":{}}"));
    }

    @Test
    void itEndsWithTheInputOnceEverythingIsAnswered() throws Exception {
        bridge();
        client.say(INITIALIZE);
        client.say(INITIALIZED);
        client.say(request(1, "echo"));
        client.endInput();

        assertThat(client.exitCode()).isZero();
        assertThat(client.hear().get("id").getAsInt()).isZero();
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
        assertThat(client.err()).isEmpty();
    }

    @Test
    void aRestartOfTheServerIsHiddenFromTheClient() throws Exception {
        opened();

        platform.stop();
        eventually(() -> client.err().contains("the server ended the connection"));
        client.say(request(1, "echo"));
        platform.start();

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/tools/list_changed");
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
        assertThat(platform.heard()).hasSize(5);
        assertThat(JsonParser.parseString(platform.heard().get(2).substring(2))
                        .getAsJsonObject()
                        .get("method")
                        .getAsString())
                .isEqualTo("initialize");
        assertThat(platform.heard().get(3)).endsWith(INITIALIZED);
        assertThat(platform.heard().get(4)).endsWith(request(1, "echo"));
        assertThat(client.err()).contains("connected again");
        assertThat(client.hearsNothing()).isTrue();
    }

    @Test
    void anAnswerThatOvertakesTheReplyToItsMessageChangesNoOrder() throws Exception {
        platform.replyDelay = Duration.ofMillis(300);
        opened();
        // a message of the ended session may still be under way when the next one opens; that is not a wrong order
        eventually(() -> platform.heard().size() == 2 && platform.posts() == 0);

        platform.dropStreams();
        eventually(() -> client.err().contains("the server ended the connection"));
        client.say(request(1, "echo"));

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/tools/list_changed");
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
        assertThat(platform.heard().subList(3, 5)).containsExactly("2 " + INITIALIZED, "2 " + request(1, "echo"));
        assertThat(platform.mostPosts()).isEqualTo(1);
    }

    @Test
    void manyRestartsAreSurvived() throws Exception {
        opened();

        for (int round = 1; round <= 5; round++) {
            int losses = round;
            platform.dropStreams();
            eventually(() -> client.err().split("ended the connection", -1).length > losses);
            client.say(request(round, "echo"));
            JsonObject heard = client.hear();
            while (!heard.has("id")) {
                heard = client.hear();
            }
            assertThat(heard.get("id").getAsInt()).isEqualTo(round);
        }
    }

    @Test
    void aRequestThatWasUnderWayGetsAnError() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);

        platform.dropStreams();

        JsonObject error = client.hear();
        assertThat(error.get("id").getAsInt()).isEqualTo(1);
        assertThat(error.getAsJsonObject("error").get("code").getAsInt()).isEqualTo(-32000);
        assertThat(error.getAsJsonObject("error").get("message").getAsString())
                .contains("whether the request was carried out is not known");
    }

    @Test
    void aCancelledRequestGetsNoErrorWhenTheServerGoes() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);
        client.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
        eventually(() -> platform.heard().size() == 4);

        platform.dropStreams();

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/tools/list_changed");
        assertThat(client.hearsNothing()).isTrue();
    }

    @Test
    void aForgottenSessionIsOpenedAgainAndTheMessageSentAgain() throws Exception {
        opened();
        platform.forgetSessions();

        client.say(request(1, "echo"));

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/tools/list_changed");
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
    }

    @Test
    void aServerThatStartsLaterIsWaitedFor() throws Exception {
        platform.stop();
        bridge();
        client.say(INITIALIZE);
        eventually(() -> client.err().contains("nothing listens there"));

        platform.start();

        assertThat(client.hear().get("id").getAsInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503, 429, 302, 500})
    void aServerThatIsNotReadyIsWaitedFor(int status) throws Exception {
        platform.streamStatus = status;
        bridge();
        client.say(INITIALIZE);
        eventually(() -> client.err().contains(": " + status + " "));

        platform.streamStatus = 200;

        assertThat(client.hear().get("id").getAsInt()).isZero();
    }

    @Test
    void patienceEndsWithAnErrorThatSaysWhy() throws Exception {
        platform.stop();
        bridge("--patience", "1s");

        client.say(INITIALIZE);

        JsonObject error = client.hear();
        assertThat(error.get("id").getAsInt()).isZero();
        assertThat(error.getAsJsonObject("error").get("message").getAsString()).contains("nothing listens there");
    }

    @Test
    void aServerThatIsBusyGetsTheMessageLater() throws Exception {
        opened();
        platform.messageStatus = 503;
        client.say(request(1, "echo"));
        Thread.sleep(500);
        assertThat(client.hearsNothing()).isTrue();

        platform.messageStatus = 202;

        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"400", "413", "500"})
    void aMessageThatTheServerDoesNotTakeIsAnErrorOfThatRequest(int status) throws Exception {
        opened();
        platform.problem = "{\"detail\":\"too long\",\"request_id\":\"r-9\"}";
        platform.messageStatus = status;

        client.say(request(1, "echo"));

        JsonObject error = client.hear();
        assertThat(error.get("id").getAsInt()).isEqualTo(1);
        assertThat(error.getAsJsonObject("error").get("message").getAsString())
                .contains(status + " too long (request r-9)");
        platform.messageStatus = 202;
        client.say(request(2, "echo"));
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "[]", "{\"id\":1", "1", "{} {}"})
    void whatIsNoMessageIsAnErrorAndGoesNowhere(String line) throws Exception {
        opened();

        client.say(line);

        assertThat(client.hear().getAsJsonObject("error").get("code").getAsInt())
                .isEqualTo(-32700);
        assertThat(platform.heard()).hasSize(2);
    }

    @Test
    void aMessageWithNeitherMethodNorResultIsAnError() throws Exception {
        opened();

        client.say("{\"jsonrpc\":\"2.0\"}");

        JsonObject error = client.hear();
        assertThat(error.get("id").isJsonNull()).isTrue();
        assertThat(error.getAsJsonObject("error").get("code").getAsInt()).isEqualTo(-32600);
    }

    @Test
    void emptyLinesAreNoMessages() throws Exception {
        opened();

        client.say("");
        client.say("  ");
        client.say(request(1, "echo"));

        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
    }

    @Test
    void aRefusedKeyEndsItWithOneLine() throws Exception {
        bridgeWith(Map.of("MCP_API_KEY", "another-key-0123456789"));
        client.say(INITIALIZE);

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err())
                .isEqualTo("mcp-data-platform: the key "
                        + KeyDigest.of("another-key-0123456789").id() + " is not accepted by " + platform.url()
                        + " (401): unknown key (request r-7)\n");
    }

    @Test
    void aRefusedKeyIsToldToAClientThatSaysNothing() throws Exception {
        bridgeWith(Map.of("MCP_API_KEY", "another-key-0123456789"));
        client.endInput();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err()).contains("is not accepted").hasLineCount(1);
    }

    @Test
    void aGoodKeyOfAClientThatSaysNothingIsASuccess() throws Exception {
        bridge();
        client.endInput();

        assertThat(client.exitCode()).isZero();
        assertThat(client.err()).isEmpty();
    }

    @Test
    void itDoesNotWaitForAServerThatIsNotThereOnceTheClientHasGone() throws Exception {
        platform.stop();
        bridge();
        client.endInput();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err()).contains("nothing listens there").hasLineCount(1);
    }

    @Test
    void aKeyThatMayNotConnectEndsItWithOneLine() throws Exception {
        platform.streamStatus = 403;
        platform.problem = "{\"detail\":\"no persona\"}";
        bridge();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err())
                .contains("may not connect by")
                .contains("(403): no persona")
                .hasLineCount(1);
    }

    @Test
    void aKeyThatIsRevokedLaterEndsItAndAnswersWhatIsOpen() throws Exception {
        opened();
        client.say(request(1, "slow"));
        eventually(() -> platform.heard().size() == 3);
        platform.messageStatus = 401;

        client.say(request(2, "echo"));

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(2);
        assertThat(client.err()).contains("is not accepted").hasLineCount(1);
    }

    @Test
    void aMissingKeyEndsItWithOneLine() throws Exception {
        bridgeWith(Map.of());

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err())
                .isEqualTo(
                        "mcp-data-platform: no key: set the environment variable MCP_API_KEY, or name a --key-file\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:1/messages", "//elsewhere.invalid/messages", "https://127.0.0.1/messages", "::"
            })
    void theKeyIsNotSentToAnotherServer(String endpoint) throws Exception {
        platform.endpoint = endpoint;
        bridge();

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err()).contains("the key stays here").hasLineCount(1);
    }

    @Test
    void aServerThatRefusesTheSessionAfterARestartIsTriedAgain() throws Exception {
        opened();
        platform.refusesSessions = true;
        platform.dropStreams();
        eventually(() -> client.err().contains("refuses the session"));
        client.say(request(1, "echo"));

        platform.refusesSessions = false;

        assertThat(client.hear().get("method").getAsString()).isEqualTo("notifications/tools/list_changed");
        assertThat(client.hear().get("id").getAsInt()).isEqualTo(1);
    }

    @Test
    void theAddressComesFromTheConfigurationWhoseSecretsAreNotHere() throws Exception {
        platform.context = "/platform";
        platform.endpoint = "/platform/messages";
        Path file = Files.writeString(directory.resolve("platform.yaml"), """
                server:
                  public_url: %s/platform/
                auth:
                  api_keys:
                    enabled: true
                    keys:
                      - key: ${API_KEY_ADMIN}
                        name: "admin-service"
                        roles: ["admin"]
                connections:
                  warehouse: {url: "${JDBC_URL}"}
                """.formatted(platform.url()));
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), "--config", file.toString());

        client.say(INITIALIZE);

        assertThat(client.hear().get("id").getAsInt()).isZero();
    }

    @Test
    void aConfigurationThatCannotBeReadEndsItWithOneLine() throws Exception {
        Path file = Files.writeString(
                directory.resolve("platform.yaml"), "server: {public_url: nowhere}\nlimits: {heartbeat: often}\n");
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), "--config", file.toString());

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err())
                .contains("platform.yaml:1: server.")
                .contains("(and 1 more; see 'check')")
                .hasLineCount(1);
    }

    @Test
    void filesOfTheDemoAndOfTheGuideNeedNoVariables() throws Exception {
        Path guide = Files.writeString(directory.resolve("guide.yaml"), DocumentedFiles.guide());
        for (Path file : List.of(Path.of("demo/platform.yaml"), guide)) {
            bridge("--config", file.toString());
            client.say(INITIALIZE);

            assertThat(client.hear().get("id").getAsInt()).isZero();
            assertThat(client.err()).isEmpty();
            client.close();
        }
    }

    @Test
    void variablesOfKeysThatOnlyTheServerNeedsNeedNotBeSet() throws Exception {
        Path file = Files.writeString(directory.resolve("platform.yaml"), """
                server: {public_url: "%s", name: "${NAME}", data_dir: "${STORE}", trusted_proxies: ["${PROXY}"]}
                limits: {calls_per_minute: "${CALLS}", heartbeat: 20s}
                """.formatted(platform.url()));
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), "--config", file.toString());

        client.say(INITIALIZE);

        assertThat(client.hear().get("id").getAsInt()).isZero();
    }

    /** Claude Desktop starts programs in its own directory, where the relative path of a configuration leads nowhere. */
    @Test
    void missingConfigurationIsAWarningIfTheAddressIsGiven() throws Exception {
        bridge("--config", "no-such-platform.yaml");
        client.say(INITIALIZE);

        assertThat(client.hear().get("id").getAsInt()).isZero();
        assertThat(client.err())
                .isEqualTo("mcp-data-platform: warning: --config no-such-platform.yaml: there is no file "
                        + Path.of("no-such-platform.yaml").toAbsolutePath()
                        + "; it is not needed, because the address is given\n");
        client.close();

        client = new BridgeClient(
                Map.of("MCP_API_KEY", InMemoryPlatform.KEY, "MCP_DATA_PLATFORM_URL", platform.url()),
                "--config",
                "no-such-platform.yaml");
        client.say(INITIALIZE);
        assertThat(client.hear().get("id").getAsInt()).isZero();
    }

    @Test
    void missingConfigurationWithoutAnAddressEndsItWithOneLine() throws Exception {
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), "--config", "no-such-platform.yaml");

        assertThat(client.exitCode()).isEqualTo(1);
        assertThat(client.err())
                .startsWith("mcp-data-platform: --config no-such-platform.yaml: there is no file /")
                .contains("give its full path")
                .contains("--url or MCP_DATA_PLATFORM_URL")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/mcp", "/mcp/", "/"})
    void addressOfAnEndpointIsTakenForThatOfItsServer(String endpoint) throws Exception {
        client = new BridgeClient(Map.of("MCP_API_KEY", InMemoryPlatform.KEY), "--url", platform.url() + endpoint);

        client.say(INITIALIZE);

        assertThat(client.hear().get("id").getAsInt()).isZero();
        assertThat(client.err()).isEmpty();
    }
}
