package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.config.AuditConfig;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.SessionExchange;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.Implementation;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.testing.InMemoryConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallRunnerTest {

    private final SseFixture fixture = new SseFixture();
    private final Client ann = fixture.connectInitialized("ann");

    @Test
    void callBeyondTheLimitOfTheCallerIsRefusedAndAudited() {
        for (int id = 0; id < InMemoryConfiguration.CALLS; id++) {
            call(id);
        }

        assertThat(answer(call(99))).contains("\"id\":99").contains("too many calls at once");
        assertRefused("too_many_calls");
    }

    @Test
    void callWithAnIdInUseIsRefusedAndAudited() {
        call(1);

        assertThat(answer(call(1))).contains("\"id\":1").contains("still running in this session");
        assertRefused("request_id_in_use");
    }

    @Test
    void callBeyondThoseOfAMinuteIsRefusedAndAuditedOverAllSessionsOfTheCaller() {
        fixture.configuration.limitCallsAMinute(3);
        Client again = fixture.connectInitialized("ann");
        for (int id = 0; id < 3; id++) {
            call(id);
            fixture.executor.runAll();
        }

        assertThat(again.ask(message(99)).toString())
                .contains("at most 3 of one caller a minute; try again in ")
                .contains("\"id\":99");
        assertRefused("too_many_calls_a_minute");
        assertThat(fixture.audit.rows().get(fixture.audit.rows().size() - 1).rule())
                .isEqualTo("limits.calls_per_minute");
        assertThat(fixture.connectInitialized("bob").ask(message(1)).toString()).contains("result");
        // the id is free again
        fixture.configuration.limitCallsAMinute(0);
        assertThat(again.ask(message(99)).toString()).contains("result");
    }

    @Test
    void floodOfRefusedCallsIsSummedUp() {
        fixture.configuration.limitCallsAMinute(1);
        call(0);
        fixture.executor.runAll();
        for (int id = 1; id < 2_000; id++) {
            call(id);
        }
        // 20 at once and one for every three seconds that this took
        assertThat(fixture.audit.rows().stream().filter(row -> row.outcome() == Outcome.DENIED))
                .hasSizeBetween(20, 40);
    }

    @Test
    void callTheServerHasNoThreadForIsAudited() {
        CallRunner none = runner(task -> {
            throw new RejectedExecutionException("full");
        });

        assertThatThrownBy(() -> start(none)).hasMessageContaining("try again");

        assertThat(none.running()).isZero();
        assertRefused("server_busy");
    }

    @Test
    void callThatBeginsWithAnErrorKeepsNoPlace() {
        CallRunner broken = runner(task -> {
            throw new NoClassDefFoundError("as if");
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> start(broken)).hasMessage("as if");
        }

        assertThat(broken.running()).isZero();
    }

    @Test
    void callThatTheServerCancelsItselfIsAnswered() {
        fixture.tools.add("endless", cancellation -> {
            fixture.calls.cancelAll();
            return CallToolResult.error("cancelled: " + cancellation.isCancelled());
        });

        assertThat(ann.ask(message(1).replace("echo", "endless")).toString())
                .contains("\"id\":1")
                .contains("cancelled: true");
    }

    @Test
    void callThatIsAnsweredLateIsAnsweredOnceAndLeavesItsPlace() {
        List<Consumer<Supplier<FeatureResult>>> late = new ArrayList<>();
        CallRunner runner = runner(Runnable::run);
        List<String> before = ann.sink().messages();

        startSlow(runner, late);

        assertThat(answer(before)).isEmpty();
        assertThat(runner.running()).isEqualTo(1);

        late.get(0).accept(() -> CallToolResult.error("too late"));

        assertThat(answer(before)).containsOnlyOnce("\"id\":1").contains("too late");
        assertThat(runner.running()).isZero();
        startSlow(runner, late);
        late.get(1).accept(() -> {
            throw new AuditUnavailableException("broken", new IllegalStateException());
        });
        assertThat(answer(before)).contains(AuditUnavailableException.TO_THE_CALLER);
        assertThat(runner.running()).isZero();
    }

    /** A tool that was abandoned continues for a while. */
    @Test
    void callThatIsAnsweredTellsItsClientNothingMore() {
        List<ClientCall> calls = new ArrayList<>();
        List<String> before = ann.sink().messages();
        start(runner(Runnable::run), call -> {
            calls.add(call);
            call.client().progress(1, 2, "");
            return Optional.empty();
        });
        ClientCall call = calls.get(0);

        call.late().accept(() -> CallToolResult.error("too late"));
        call.client().progress(2, 2, "");
        call.client().log(LogLevel.ERROR, "test", Json.string("still here"));

        assertThat(answer(before))
                .containsOnlyOnce("notifications/progress")
                .contains("too late")
                .doesNotContain("still here");
    }

    @ParameterizedTest
    @CsvSource({"BATCHED, true", "STRICT, false"})
    void callThatWaitsForNothingRunsOnTheThreadOfItsRequest(AuditConfig.Mode mode, boolean here) {
        fixture.configuration.audit(mode);
        List<String> before = ann.sink().messages();
        AtomicReference<Thread> thread = new AtomicReference<>();
        List<Runnable> handedOver = new ArrayList<>();

        start(
                runner(handedOver::add),
                call -> {
                    thread.set(Thread.currentThread());
                    return Optional.of(CallToolResult.error("done"));
                },
                true);

        assertThat(thread.get()).isEqualTo(here ? Thread.currentThread() : null);
        assertThat(handedOver).hasSize(here ? 0 : 1);
        handedOver.forEach(Runnable::run);
        assertThat(answer(before)).containsOnlyOnce("done");
    }

    private CallRunner runner(Executor executor) {
        return new CallRunner(
                executor, fixture.limits, fixture.configuration, fixture.requestRefusals, Optional.empty());
    }

    private void start(CallRunner runner) {
        start(runner, call -> fixture.tools.callTool(call, new CallToolRequest("echo", Json.readObject("{}"))));
    }

    private void startSlow(CallRunner runner, List<Consumer<Supplier<FeatureResult>>> late) {
        start(runner, call -> {
            late.add(call.late());
            return Optional.empty();
        });
    }

    private void start(CallRunner runner, CallRunner.Work work) {
        start(runner, work, false);
    }

    private void start(CallRunner runner, CallRunner.Work work, boolean isImmediate) {
        runner.start(
                new SessionExchange(
                        fixture.sessions.find(ann.sessionId()).orElseThrow(),
                        new Requester(ann.caller(), SseFixture.ORIGIN)),
                new CallRunner.Asked(
                        new JsonRpcRequest(
                                JsonRpcId.of(1), "tools/call", Json.readObject("{\"_meta\":{\"progressToken\":1}}")),
                        Type.TOOL_CALL,
                        "echo"),
                new Results(() -> new Implementation("test", "1")),
                work,
                isImmediate);
    }

    private List<String> call(int id) {
        ann.send(message(id));
        return ann.sink().messages();
    }

    private static String message(int id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{}}}";
    }

    private String answer(List<String> before) {
        fixture.executor.runAll();
        List<String> all = ann.sink().messages();
        return String.join("\n", all.subList(before.size(), all.size()));
    }

    private void assertRefused(String category) {
        AuditEvent row = fixture.audit.rows().get(fixture.audit.rows().size() - 1);
        assertThat(row.type()).isEqualTo(Type.TOOL_CALL);
        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.category()).isEqualTo(category);
        assertThat(row.tool()).isEqualTo("echo");
        assertThat(row.subject().caller()).isEqualTo("ann");
    }
}
