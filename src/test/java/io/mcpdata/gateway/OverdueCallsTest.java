package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.testing.InMemoryAuditLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With tools that hang. */
@Timeout(30)
final class OverdueCallsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration MINUTES = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final OverdueCalls overdue = new OverdueCalls(Runnable::run);
    private final List<FeatureResult> late = new ArrayList<>();
    private final Map<Cancellation, Duration> limits = new ConcurrentHashMap<>();
    private final CountDownLatch ends = new CountDownLatch(1);
    private final RecordingTool query = new RecordingTool("sql_query");
    private final ToolGateway gateway = ToolGatewayTest.gateway(audit, List.of(query), overdue);

    @BeforeEach
    void hang() {
        query.answers(invocation -> {
            Cancellation call = invocation.cancellation();
            call.answerWithin(limits.getOrDefault(call, MINUTES), () -> new ToolException("as_if", "too late"));
            await();
            return CallToolResult.error("done");
        });
    }

    @AfterEach
    void stop() {
        ends.countDown();
        threads.shutdown();
    }

    @Test
    void callWhoseToolHangsIsAnsweredAtTheDeadlineWithTheErrorOfTheTool() throws Exception {
        Future<Optional<FeatureResult>> call = begin(new Cancellation(), SHORT);

        until(() -> !late.isEmpty());

        assertThat(late).containsExactly(CallToolResult.error("too late"));
        assertThat(audit.row().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(audit.row().category()).isEqualTo("as_if");
        assertThat(audit.row().duration()).isGreaterThanOrEqualTo(SHORT);
        assertThat(call.isDone()).isFalse();

        ends.countDown();
        assertThat(call.get(60, TimeUnit.SECONDS)).as("answered already").isEmpty();
        overdue.look();
        assertThat(late).hasSize(1);
        assertThat(audit.rows()).hasSize(1);
    }

    @Test
    void callThatEndsBeforeItsDeadlineIsAnsweredOnItsOwnThread() throws Exception {
        Future<Optional<FeatureResult>> call = begin(new Cancellation(), MINUTES);
        until(() -> query.calls().size() == 1);
        overdue.look();
        ends.countDown();

        assertThat(call.get(60, TimeUnit.SECONDS)).contains(CallToolResult.error("done"));
        overdue.look();
        assertThat(late).isEmpty();
        assertThat(audit.row().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void cancelledCallWhoseToolContinuesIsAnsweredSoon() throws Exception {
        Cancellation cancellation = new Cancellation();
        begin(cancellation, MINUTES);
        until(() -> query.calls().size() == 1);
        long began = System.nanoTime();

        cancellation.cancel();
        until(() -> !late.isEmpty());

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Cancellation.GRACE, Cancellation.GRACE.plusSeconds(1));
        assertThat(audit.row().category()).isEqualTo("cancelled");
    }

    @Test
    void cancelledCallGetsNoLaterDeadline() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        cancellation.answerWithin(MINUTES, () -> new ToolException("as_if", "too late"));

        assertThat(Deadlines.await(cancellation, Duration.ofSeconds(5)).category())
                .isEqualTo("cancelled");
    }

    @Test
    void toolOfAnAnsweredCallBeginsNothingMore() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.answerWithin(Duration.ZERO, () -> new ToolException("as_if", "too late"));
        assertThat(Deadlines.await(cancellation, SHORT)).hasMessage("too late");

        assertThatThrownBy(() -> cancellation.answerWithin(MINUTES, Cancellation::cancelled))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void toolWithoutADeadlineOfItsOwnHasOne() {
        Cancellation cancellation = new Cancellation();
        OverdueCalls.Running running = overdue.begin("sales", cancellation, error -> {});

        assertThat(cancellation.overdue()).isEmpty();
        assertThat(Cancellation.USUAL).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(running.end()).isTrue();
    }

    @Test
    void placeWhereTooManyAbandonedCallsHangRefusesAtOnceUntilOneEnds() throws Exception {
        List<Future<Optional<FeatureResult>>> calls = new ArrayList<>();
        for (int i = 0; i < OverdueCalls.MOST; i++) {
            calls.add(begin(new Cancellation(), SHORT));
        }
        until(() -> late.size() == OverdueCalls.MOST);

        Optional<FeatureResult> refused = call("sales", new Cancellation(), MINUTES);

        assertThat(((CallToolResult) refused.orElseThrow()).text())
                .isEqualTo("8 abandoned calls of sales still run; try again when one of them has ended.");
        assertThat(query.calls()).hasSize(OverdueCalls.MOST);
        assertThat(audit.rows().get(OverdueCalls.MOST).category()).isEqualTo("connection_unavailable");

        ends.countDown();
        for (Future<Optional<FeatureResult>> call : calls) {
            assertThat(call.get(60, TimeUnit.SECONDS)).isEmpty();
        }
        assertThat(call("sales", new Cancellation(), MINUTES)).contains(CallToolResult.error("done"));
    }

    @Test
    void otherPlacesAreNotRefused() throws Exception {
        for (int i = 0; i < OverdueCalls.MOST; i++) {
            begin(new Cancellation(), SHORT);
        }
        until(() -> late.size() == OverdueCalls.MOST);

        Future<Optional<FeatureResult>> other = threads.submit(() -> call("other", new Cancellation(), MINUTES));
        until(() -> query.calls().size() == OverdueCalls.MOST + 1);
        ends.countDown();

        assertThat(other.get(60, TimeUnit.SECONDS)).contains(CallToolResult.error("done"));
    }

    @Test
    void callIsAnsweredEvenIfNoThreadIsLeftForIt() {
        OverdueCalls none = new OverdueCalls(task -> {
            throw new RejectedExecutionException("as if");
        });
        List<ToolException> answers = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        none.begin("sales", cancellation, answers::add);
        cancellation.answerWithin(Duration.ZERO, () -> new ToolException("as_if", "too late"));

        none.look();

        assertThat(answers).hasSize(1);
    }

    private Future<Optional<FeatureResult>> begin(Cancellation cancellation, Duration limit) {
        return threads.submit(() -> call("sales", cancellation, limit));
    }

    private Optional<FeatureResult> call(String connection, Cancellation cancellation, Duration limit) {
        limits.put(cancellation, limit);
        return gateway.call(
                new ClientCall(
                        ToolGatewayTest.everything(),
                        ToolGatewayTest.ORIGIN,
                        cancellation,
                        CallClient.NONE,
                        outcome -> late.add(outcome.get())),
                ToolGatewayTest.request("sql_query", "{\"connection\":\"" + connection + "\",\"sql\":\"SELECT 1\"}"));
    }

    private void await() {
        try {
            assertThat(ends.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("a tool is not interrupted", e);
        }
    }

    private void until(Supplier<Boolean> happened) throws InterruptedException {
        for (int i = 0; i < 1_000 && !happened.get(); i++) {
            overdue.look();
            Thread.sleep(10);
        }
        assertThat(happened.get()).isTrue();
    }
}
