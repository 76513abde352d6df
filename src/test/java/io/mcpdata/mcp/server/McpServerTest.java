package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.testing.InMemoryConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class McpServerTest {

    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";

    private final SseFixture fixture = new SseFixture();

    @Test
    void initializeAlwaysSettlesOnTheRevisionOfThisTransport() {
        var result =
                Json.readObject(fixture.connect("ann").ask(INITIALIZE).get(0)).getJsonObject("result");

        assertThat(result.getString("protocolVersion")).isEqualTo("2024-11-05");
        assertThat(result.getJsonObject("serverInfo"))
                .isEqualTo(Json.readObject("{\"name\":\"mcp-data-platform\",\"version\":\"1.2.3\"}"));
        assertThat(result.getJsonObject("capabilities"))
                .isEqualTo(Json.readObject(
                        "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true,\"listChanged\":true},"
                                + "\"prompts\":{\"listChanged\":true},\"logging\":{}}"));
        assertThat(result.getString("instructions")).contains("read-only").doesNotContain("platform_info");
    }

    @Test
    void secondInitializeIsRefused() {
        Client client = fixture.connect("ann");
        client.ask(INITIALIZE);

        assertThat(client.ask(INITIALIZE)).singleElement().satisfies(answer -> assertError(answer, -32600));
    }

    @Test
    void failedInitializeMayBeRepeated() {
        Client client = fixture.connect("ann");

        assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}"))
                .singleElement()
                .satisfies(answer -> assertError(answer, -32602));
        assertThat(client.ask(INITIALIZE)).singleElement().asString().contains("\"result\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "tools/call", "ping"})
    void requestsWithoutInitializeAreAnswered(String method) {
        assertThat(fixture.connect("ann").ask(request(1, method, "{\"name\":\"echo\"}")))
                .singleElement()
                .asString()
                .contains("\"result\"");
    }

    /** As a client that opens its stream again after a restart of the server. */
    @Test
    void sessionThatIsUsedWithoutInitializeIsAuditedOnceAndMayStillBeInitialized() {
        Client client = fixture.connect("ann");
        client.ask(request(1, "ping", "{}"));
        client.ask(request(2, "tools/list", "{}"));
        client.ask(request(3, "tools/list", "{}"));

        assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "SESSION_OPEN without_initialize");
        assertThat(client.ask(INITIALIZE)).singleElement().asString().contains("\"result\"");
    }

    @Test
    void sessionThatIsUsedWithoutInitializeGetsTheNoticeOfAChangedList() {
        Client client = fixture.connect("ann");
        Client silent = fixture.connect("ann");
        client.ask(request(1, "tools/list", "{}"));

        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("echo"), "mcp:connect"));
        fixture.advanceAndLook(Duration.ofSeconds(1));

        assertThat(client.sink().messages()).last().asString().contains("notifications/tools/list_changed");
        assertThat(silent.sink().messages()).isEmpty();
    }

    @Test
    void callThatReachesNoToolIsAuditedToo() {
        Client client = fixture.connect("ann");
        client.ask(INITIALIZE);
        client.ask(request(3, "tools/call", "{\"name\":\"crooked\",\"arguments\":[]}"));
        client.ask(request(4, "tools/call", "{\"name\":7}"));

        assertThat(fixture.audit.summary())
                .containsExactly("STREAM_OPEN", "TOOL_CALL malformed_call", "TOOL_CALL malformed_call");
        assertThat(fixture.audit.rows()).extracting(AuditEvent::tool).containsExactly("", "crooked", "");
        assertThat(fixture.audit.rows())
                .allSatisfy(row -> assertThat(row.subject().caller()).isEqualTo("ann"));
    }

    @Test
    void requestsAreTakenAsSoonAsInitializeIsAnswered() {
        Client client = fixture.connect("ann");
        client.ask(INITIALIZE);

        assertThat(client.ask(request(2, "tools/list", "{}")))
                .singleElement()
                .asString()
                .contains("\"echo\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/lists", "Tools/list", "tools/list ", "notifications/initialized", "toString"})
    void unknownMethodIsNotFound(String method) {
        assertThat(fixture.connectInitialized("ann").ask(request(2, method, "{}")))
                .singleElement()
                .satisfies(answer -> assertError(answer, -32601));
    }

    @Test
    void toolsAreThoseOfThePersona() {
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "mcp:connect"));

        assertThat(fixture.connectInitialized("ann").ask(request(2, "tools/list", "{}")))
                .singleElement()
                .asString()
                .contains("\"echo\"")
                .doesNotContain("secret_tool");
    }

    @Test
    void unknownCursorIsInvalid() {
        assertThat(fixture.connectInitialized("ann").ask(request(2, "tools/list", "{\"cursor\":\"x\"}")))
                .singleElement()
                .satisfies(answer -> assertError(answer, -32602));
    }

    @Test
    void callIsAcceptedBeforeItRunsAndItsResultGoesToTheStream() {
        Client client = fixture.connectInitialized("ann");

        assertThat(client.isAccepted(client.caller(), call(2, "echo"))).isTrue();
        assertThat(fixture.tools.callers())
                .as("the call waits for the executor")
                .isEmpty();
        fixture.executor.runAll();

        assertThat(client.sink().messages())
                .last()
                .asString()
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"echo\"}],\"isError\":false}}");
    }

    @Test
    void callIsMadeForTheCallerOfItsOwnRequest() {
        Client client = fixture.connectInitialized("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("echo"), "mcp:connect"));
        AuthorizedCaller fresh = fixture.caller("ann");

        client.isAccepted(fresh, call(2, "echo"));
        fixture.executor.runAll();

        assertThat(fixture.tools.callers()).containsExactly(fresh);
        assertError(client.sink().messages().get(1), -32602);
    }

    @Test
    void unknownToolIsInvalidParameters() {
        assertThat(fixture.connectInitialized("ann").ask(call(2, "nonsense")))
                .singleElement()
                .satisfies(answer -> assertError(answer, -32602));
    }

    @Test
    void callWithoutANameIsInvalidParameters() {
        assertThat(fixture.connectInitialized("ann").ask(request(2, "tools/call", "{}")))
                .singleElement()
                .satisfies(answer -> assertError(answer, -32602));
    }

    @Test
    void callWithoutAnIdIsNotMade() {
        Client client = fixture.connectInitialized("ann");

        assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}"))
                .isEmpty();
        assertThat(fixture.tools.callers()).isEmpty();
    }

    @Test
    void unforeseenErrorIsToldWithOnlyTheRequestId() {
        fixture.tools.add("broken", cancellation -> {
            throw new IllegalStateException("jdbc:h2:mem:canary;PASSWORD=canary");
        });

        assertThat(fixture.connectInitialized("ann").ask(call(2, "broken")))
                .singleElement()
                .satisfies(answer -> {
                    assertError(answer, -32603);
                    assertThat(answer).contains("request-1").doesNotContain("canary", "jdbc");
                });
    }

    @Test
    void errorOfTheMachineIsAnsweredToo() {
        fixture.tools.add("deep", cancellation -> {
            throw new StackOverflowError();
        });
        Client client = fixture.connectInitialized("ann");

        assertThat(client.ask(call(2, "deep"))).singleElement().satisfies(answer -> assertError(answer, -32603));
        assertThat(fixture.calls.running()).isZero();
    }

    @Test
    void cancellationReachesTheRunningCallAndThereIsNoAnswer() {
        Client client = fixture.connectInitialized("ann");
        AtomicBoolean reached = new AtomicBoolean();
        fixture.tools.add("slow", cancellation -> {
            cancellation.onCancel(() -> reached.set(true));
            client.send(cancel("2"));
            return CallToolResult.error("cancelled");
        });

        assertThat(client.ask(call(2, "slow"))).isEmpty();
        assertThat(reached).isTrue();
        assertThat(fixture.calls.running()).isZero();
    }

    @Test
    void cancellationOfACallThatWaitsForAThreadCounts() {
        Client client = fixture.connectInitialized("ann");
        List<Boolean> seen = new ArrayList<>();
        fixture.tools.add("slow", cancellation -> {
            seen.add(cancellation.isCancelled());
            return CallToolResult.error("cancelled");
        });
        client.send(call(2, "slow"));
        client.send(cancel("2"));
        fixture.executor.runAll();

        assertThat(seen).containsExactly(true);
        assertThat(client.sink().messages()).as("only the answer to initialize").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "null", "{}", "1.5"})
    void cancellationOfAnotherIdChangesNothing(String id) {
        Client client = fixture.connectInitialized("ann");
        client.send(call(2, "echo"));

        assertThat(client.ask(cancel(id))).singleElement().asString().contains("\"id\":2");
    }

    @Test
    void cancellationInAnotherSessionOfTheSameCallerChangesNothing() {
        Client one = fixture.connectInitialized("ann");
        Client other = fixture.connectInitialized("ann");
        one.send(call(2, "echo"));
        other.send(cancel("2"));
        fixture.executor.runAll();

        assertThat(one.sink().messages()).hasSize(2);
    }

    @Test
    void idOfARunningCallCannotBeUsedAgain() {
        Client client = fixture.connectInitialized("ann");
        client.send(call(2, "echo"));

        List<String> answers = client.ask(call(2, "echo"));

        assertThat(answers).hasSize(2);
        assertError(answers.get(0), -32600);
        assertThat(answers.get(1)).contains("\"result\"");
        assertThat(client.ask(call(2, "echo")))
                .as("free again")
                .singleElement()
                .asString()
                .contains("\"result\"");
    }

    @Test
    void callsBeyondTheLimitOfTheCallerAreRefusedInEverySession() {
        Client one = fixture.connectInitialized("ann");
        Client two = fixture.connectInitialized("ann");
        Client bob = fixture.connectInitialized("bob");
        one.send(call(2, "echo"));
        two.send(call(2, "echo"));
        bob.send(call(2, "echo"));
        one.send(call(3, "echo"));
        fixture.executor.runAll();

        assertThat(one.sink().messages().subList(1, 3))
                .anySatisfy(answer -> assertError(answer, -32000))
                .anySatisfy(answer -> assertThat(answer).contains("\"id\":2", "\"result\""));
        assertThat(bob.sink().messages()).last().asString().contains("\"result\"");
        assertThat(one.ask(call(4, "echo"))).singleElement().asString().contains("\"result\"");
        assertThat(fixture.calls.running()).isZero();
    }

    @Test
    void serverThatTakesNoTaskLeavesNoCallBehind() {
        Client client = fixture.connectInitialized("ann");
        fixture.executor.reject();

        client.send(call(2, "echo"));

        assertThat(fixture.calls.running()).isZero();
    }

    @Test
    void responsesOfAClientAreTakenAndPassedOver() {
        Client client = fixture.connectInitialized("ann");

        assertThat(client.isAccepted(client.caller(), "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}"))
                .isTrue();
        assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":1,\"message\":\"x\"}}"))
                .isEmpty();
    }

    @Test
    void endOfTheStreamCancelsItsCalls() {
        Client client = fixture.connectInitialized("ann");
        AtomicBoolean reached = new AtomicBoolean();
        fixture.tools.add("slow", cancellation -> {
            cancellation.onCancel(() -> reached.set(true));
            fixture.sessions.find(client.sessionId()).orElseThrow().stream().close(CloseReason.CLIENT_GONE);
            fixture.executor.runAll();
            return CallToolResult.error("cancelled");
        });

        assertThat(client.ask(call(2, "slow"))).isEmpty();
        assertThat(reached).isTrue();
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String call(int id, String tool) {
        return request(id, "tools/call", "{\"name\":\"" + tool + "\"}");
    }

    private static String cancel(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    private static void assertError(String answer, int code) {
        assertThat(Json.readObject(answer).getJsonObject("error").getInt("code"))
                .as(answer)
                .isEqualTo(code);
    }
}
