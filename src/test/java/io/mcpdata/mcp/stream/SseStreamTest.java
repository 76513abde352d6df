package io.mcpdata.mcp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.InMemoryConfiguration;
import io.mcpdata.testing.MovableClock;
import io.mcpdata.testing.QueueingExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SseStreamTest {

    private final QueueingExecutor executor = new QueueingExecutor();
    private final RecordingSink sink = new RecordingSink();
    private final MovableClock clock = new MovableClock();
    private final List<CloseReason> closed = new ArrayList<>();
    private final OutboundBudget budget = new OutboundBudget(new InMemoryConfiguration());
    private final SseStream stream =
            new SseStream(sink, executor, clock, budget.of("ann", () -> InMemoryConfiguration.CALLS), closed::add);

    @BeforeEach
    void begin() {
        stream.begin(StreamEvent.heartbeat());
        executor.runAll();
        sink.forget();
    }

    @Test
    void firstEventIsFirstAlsoIfOthersWereOfferedBefore() {
        SseStream late = newStream("ann");
        late.sendHeartbeat();
        late.notify("notifications/tools/list_changed");
        executor.runAll();
        assertThat(sink.sent()).isEmpty();

        late.begin(StreamEvent.endpoint("/messages"));
        late.begin(StreamEvent.endpoint("/again"));
        late.sendHeartbeat();
        executor.runAll();

        assertThat(sink.sent()).hasSize(3);
        assertThat(sink.sent().get(0)).isEqualTo(StreamEvent.endpoint("/messages"));
        assertThat(sink.sent().get(1).data()).contains("notifications/tools/list_changed");
        assertThat(sink.sent().get(2)).isEqualTo(StreamEvent.heartbeat());
    }

    @Test
    void endBeforeTheFirstEventFollowsIt() {
        SseStream late = newStream("ann");
        late.endWith(StreamEvent.comeBackIn(Duration.ofSeconds(1)), CloseReason.SHUTDOWN);
        executor.runAll();
        assertThat(closed).isEmpty();

        late.begin(StreamEvent.endpoint("/messages"));
        executor.runAll();

        assertThat(sink.sent())
                .containsExactly(StreamEvent.endpoint("/messages"), StreamEvent.comeBackIn(Duration.ofSeconds(1)));
        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
    }

    @Test
    void offeringSendsNothingInTheOfferingThread() {
        assertThat(stream.offer(StreamEvent.message("a"))).isTrue();

        assertThat(sink.sent()).isEmpty();
        executor.runAll();
        assertThat(sink.messages()).containsExactly("a");
    }

    @Test
    void oneWriteIsInFlightAndTheNextHasAllEventsThatWait() {
        int before = sink.writes();
        sink.holdSends();
        offer(0, 1);
        executor.runAll();
        offer(1, 3);
        executor.runAll();

        assertThat(sink.inFlight()).isEqualTo(1);
        assertThat(sink.messages()).containsExactly("0");

        sink.releaseSends();
        executor.runAll();
        assertThat(sink.messages()).containsExactly("0", "1", "2");
        assertThat(sink.writes() - before)
                .as("the first event, and then the others")
                .isEqualTo(2);
    }

    @Test
    void aWriteHasFewCharactersSoThatASlowReaderIsNotTakenForAStuckOne() {
        String large = "x".repeat(10_000);
        String huge = "x".repeat(100_000);
        sink.holdSends();
        offer(0, 1);
        executor.runAll();
        for (String message : List.of(large, large, huge, "a")) {
            stream.offer(StreamEvent.message(message));
        }

        for (List<String> sent :
                List.of(List.of("0", large), List.of("0", large, large), List.of("0", large, large, huge))) {
            sink.releaseSends();
            sink.holdSends();
            executor.runAll();
            assertThat(sink.messages()).isEqualTo(sent);
        }
    }

    @Test
    void oneTaskSendsSeveralEventsButLeavesTheThreadToOthers() {
        offer(100);

        executor.runOne();

        assertThat(sink.messages()).hasSizeBetween(2, 99);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(sink.messages()).hasSize(100);
    }

    @Test
    void completionOnTheContainersThreadSendsNothingThere() {
        sink.holdSends();
        offer(0, 1);
        executor.runAll();
        offer(1, 2);

        sink.releaseSends();

        assertThat(sink.messages()).containsExactly("0");
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void fullQueueClosesTheStreamAndDropsWhatIsQueued() {
        sink.holdSends();
        offer(1);
        executor.runAll();
        offer(SseStream.CAPACITY);

        assertThat(stream.offer(StreamEvent.message("one too many"))).isFalse();

        assertThat(stream.isOpen()).isFalse();
        assertThat(sink.closes()).as("not on the offering thread").isZero();
        executor.runAll();
        assertThat(closed).containsExactly(CloseReason.SLOW_READER);
        assertThat(sink.closes()).isEqualTo(1);
        sink.releaseSends();
        executor.runAll();
        assertThat(sink.messages()).containsExactly("0");
    }

    @Test
    void unreadAnswersDoNotFillTheMemory() {
        sink.holdSends();
        StreamEvent megabyte = StreamEvent.message("x".repeat(1 << 20));
        int taken = 0;
        while (taken < SseStream.CAPACITY && stream.offer(megabyte)) {
            taken++;
        }
        executor.runAll();

        assertThat(taken).as("messages of one megabyte").isBetween(1, 64);
        assertThat(closed).containsExactly(CloseReason.SLOW_READER);
        assertThat(budget.isEmpty()).isTrue();
    }

    @Test
    void streamsOfOneCallerShareABudgetAndOtherCallersHaveTheirOwn() {
        StreamEvent megabyte = StreamEvent.message("x".repeat(1 << 20));
        int taken = 0;
        for (int i = 0; i < 1000 && newStream("ann").offer(megabyte); i++) {
            taken++;
        }

        assertThat(taken).isBetween(1, 64);
        assertThat(newStream("bob").offer(megabyte)).isTrue();
    }

    @Test
    void oneEventAlwaysFitsAndASentEventFreesItsBudget() {
        String huge = "x".repeat(40 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(stream.offer(StreamEvent.message(huge))).isTrue();
            executor.runAll();
        }

        assertThat(sink.messages()).hasSize(3);
        assertThat(budget.isEmpty()).isTrue();
    }

    private SseStream newStream(String identity) {
        return new SseStream(
                sink, executor, clock, budget.of(identity, () -> InMemoryConfiguration.CALLS), closed::add);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        stream.close(CloseReason.IDLE);
        stream.close(CloseReason.CREDENTIAL_REVOKED);
        stream.endWith(StreamEvent.heartbeat(), CloseReason.SHUTDOWN);
        executor.runAll();

        assertThat(closed).containsExactly(CloseReason.IDLE);
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(sink.sent()).isEmpty();
    }

    @Test
    void closedStreamTakesNothing() {
        stream.close(CloseReason.IDLE);

        assertThat(stream.offer(StreamEvent.message("late"))).isFalse();
        executor.runAll();
        assertThat(sink.sent()).isEmpty();
    }

    @Test
    void failedSendClosesTheStream() {
        sink.holdSends();
        offer(0, 1);
        executor.runAll();
        offer(1, 2);

        sink.failHeldSends(new IOException("broken pipe"));
        executor.runAll();

        assertThat(closed).containsExactly(CloseReason.CLIENT_GONE);
        assertThat(sink.messages()).containsExactly("0");
    }

    @Test
    void sinkThatThrowsClosesTheStream() {
        sink.throwOnSend(new IllegalStateException("SseEventSink is closed"));
        offer(2);
        executor.runAll();

        assertThat(closed).containsExactly(CloseReason.CLIENT_GONE);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void errorOfTheSinkClosesTheStreamToo() {
        sink.throwOnSend(new NoClassDefFoundError("as if"));
        offer(2);
        executor.runAll();

        assertThat(closed).containsExactly(CloseReason.FAILED);
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(budget.isEmpty()).isTrue();
    }

    @Test
    void errorInPlaceOfAThreadEndsTheStreamAtOnce() {
        SseStream poor = withoutThreads();

        poor.begin(StreamEvent.message("a"));

        assertThat(poor.isOpen()).isFalse();
        assertThat(closed).containsExactly(CloseReason.FAILED);
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(budget.isEmpty()).isTrue();
    }

    @Test
    void closingIsFinishedWithoutAThreadToo() {
        withoutThreads().close(CloseReason.CREDENTIAL_REVOKED);

        assertThat(closed).containsExactly(CloseReason.CREDENTIAL_REVOKED);
        assertThat(sink.closes()).isEqualTo(1);
    }

    private SseStream withoutThreads() {
        return new SseStream(
                sink,
                task -> {
                    throw new OutOfMemoryError("unable to create native thread: as if");
                },
                clock,
                budget.of("ann", () -> InMemoryConfiguration.CALLS),
                closed::add);
    }

    @Test
    void sinkIsClosedEvenIfTheCleanUpFails() {
        SseStream failing =
                new SseStream(sink, executor, clock, budget.of("ann", () -> InMemoryConfiguration.CALLS), reason -> {
                    throw new IllegalStateException("clean-up");
                });

        failing.close(CloseReason.IDLE);
        org.assertj.core.api.Assertions.assertThatThrownBy(executor::runAll).hasMessage("clean-up");

        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void endingSendsWhatIsQueuedThenTheLastEventThenCloses() {
        sink.holdSends();
        offer(0, 1);
        executor.runAll();
        offer(1, 2);

        stream.endWith(StreamEvent.comeBackIn(Duration.ofSeconds(1)), CloseReason.SHUTDOWN);
        assertThat(stream.offer(StreamEvent.message("late"))).isFalse();
        sink.releaseSends();
        executor.runAll();

        assertThat(sink.sent())
                .containsExactly(
                        StreamEvent.message("0"),
                        StreamEvent.message("1"),
                        StreamEvent.comeBackIn(Duration.ofSeconds(1)));
        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
    }

    @Test
    void endingAnIdleStreamClosesItToo() {
        stream.endWith(StreamEvent.heartbeat(), CloseReason.SHUTDOWN);
        executor.runAll();

        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
        assertThat(sink.sent()).containsExactly(StreamEvent.heartbeat());
    }

    @Test
    void serverThatTakesNoTaskAnyMoreEndsTheStreamAtOnce() {
        executor.reject();

        stream.offer(StreamEvent.message("a"));

        assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void writeThatWaitsTooLongIsNoticed() {
        sink.holdSends();
        offer(1);
        executor.runAll();
        clock.advance(Duration.ofSeconds(31));

        assertThat(stream.isStuckFor(Duration.ofSeconds(30))).isTrue();
        sink.releaseSends();
        assertThat(stream.isStuckFor(Duration.ofSeconds(30))).isFalse();
    }

    @Test
    void eventsOfSeveralThreadsArriveOnceAndInTheOrderOfEachThread() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SseStream shared = new SseStream(
                    sink, threads, clock, budget.of("ann", () -> InMemoryConfiguration.CALLS), closed::add);
            shared.begin(StreamEvent.heartbeat());
            CountDownLatch done = new CountDownLatch(4);
            for (int thread = 0; thread < 4; thread++) {
                String name = "t" + thread + "-";
                new Thread(() -> {
                            IntStream.range(0, 200)
                                    .forEach(i -> shared.offer(StreamEvent.message(name + String.format("%03d", i))));
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            awaitMessages(800);
        } finally {
            threads.shutdownNow();
        }

        assertThat(closed).isEmpty();
        assertThat(sink.messages()).doesNotHaveDuplicates();
        for (int thread = 0; thread < 4; thread++) {
            String name = "t" + thread + "-";
            assertThat(sink.messages().stream().filter(text -> text.startsWith(name)))
                    .hasSize(200)
                    .isSorted();
        }
    }

    private void awaitMessages(int count) throws InterruptedException {
        for (int i = 0; i < 500 && sink.messages().size() < count; i++) {
            Thread.sleep(10);
        }
        assertThat(sink.messages()).hasSize(count);
    }

    private void offer(int count) {
        offer(0, count);
    }

    private void offer(int first, int end) {
        for (int i = first; i < end; i++) {
            stream.offer(StreamEvent.message(String.valueOf(i)));
        }
    }
}
