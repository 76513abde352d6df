package io.mcpdata.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupCommitTest {

    private final List<List<String>> batches = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final GroupCommit commits = new GroupCommit(this::write, tasks::add, 1_200);

    private void write(List<AuditEvent> events) {
        batches.add(events.stream().map(AuditEvent::tool).toList());
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void eventIsDurableWhenItsBatchIsWrittenAndNotBefore() {
        CompletableFuture<Void> durable = commits.add(Events.call("a"));
        assertThat(durable).isNotDone();
        runTasks();
        assertThat(durable).isCompleted();
    }

    @Test
    void whatGathersIsWrittenTogetherAndInOrder() {
        commits.add(Events.call("a"));
        commits.add(Events.call("b"));
        commits.add(Events.call("c"));
        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(batches).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void batchHasALargestSizeAndTheRestFollows() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 1_100)
                .mapToObj(i -> commits.add(Events.call("t" + i)))
                .toList();
        runTasks();
        assertThat(batches).extracting(List::size).containsExactly(500, 500, 100);
        assertThat(batches.get(2).get(99)).isEqualTo("t1099");
        assertThat(all).allMatch(CompletableFuture::isDone);
    }

    @Test
    void eventAddedWhileABatchIsWrittenGoesIntoTheNext() {
        List<List<String>> written = new ArrayList<>();
        GroupCommit[] self = new GroupCommit[1];
        self[0] = new GroupCommit(
                events -> {
                    written.add(events.stream().map(AuditEvent::tool).toList());
                    if (written.size() == 1) {
                        self[0].add(Events.call("late"));
                    }
                },
                tasks::add,
                10);
        self[0].add(Events.call("early"));
        runTasks();
        assertThat(written).containsExactly(List.of("early"), List.of("late"));
    }

    @Test
    void threadIsBorrowedAgainAfterItWasReturned() {
        commits.add(Events.call("a"));
        runTasks();
        commits.add(Events.call("b"));
        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(batches).hasSize(2);
    }

    @Test
    void failureOfABatchReachesEachOfItsEventsAndNoOther() {
        RuntimeException down = new IllegalStateException("down");
        boolean[] broken = {true};
        GroupCommit failing = new GroupCommit(
                events -> {
                    if (broken[0]) {
                        throw down;
                    }
                },
                tasks::add,
                10);
        CompletableFuture<Void> first = failing.add(Events.call("a"));
        CompletableFuture<Void> second = failing.add(Events.call("b"));
        runTasks();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThatThrownBy(second::get).hasCause(down);

        broken[0] = false;
        CompletableFuture<Void> third = failing.add(Events.call("c"));
        runTasks();
        assertThat(third).isCompleted();
    }

    @Test
    void queueIsDrainedEvenAfterAnError() {
        boolean[] broken = {true};
        GroupCommit failing = new GroupCommit(
                events -> {
                    if (broken[0]) {
                        throw new NoClassDefFoundError("gone");
                    }
                },
                tasks::add,
                10);
        CompletableFuture<Void> first = failing.add(Events.call("a"));
        runTasks();
        assertThat(first).isCompletedExceptionally();

        broken[0] = false;
        CompletableFuture<Void> second = failing.add(Events.call("b"));
        runTasks();
        assertThat(second).isCompleted();
    }

    @Test
    void fullQueueRefusesUntilItHasSpace() {
        for (int i = 0; i < 1_200; i++) {
            commits.add(Events.call("t"));
        }
        assertThatThrownBy(() -> commits.add(Events.call("one too many")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessage("the audit queue is full");
        runTasks();
        assertThat(commits.add(Events.call("again"))).isNotDone();
        runTasks();
        assertThat(batches.get(batches.size() - 1)).containsExactly("again");
    }

    @Test
    void callerWritesItselfIfThereIsNoThread() {
        GroupCommit alone = new GroupCommit(
                this::write,
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                10);
        assertThat(alone.add(Events.call("a"))).isCompleted();
        assertThat(alone.add(Events.call("b"))).isCompleted();
        assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheExecutorThrowsLeavesNoRowUnwrittenAndNoTaskBehindThatWritesToo(boolean queuedAllTheSame) {
        GroupCommit[] self = new GroupCommit[1];
        boolean[] writing = {false};
        boolean[] broken = {true};
        self[0] = new GroupCommit(
                events -> {
                    assertThat(writing[0]).as("another writes at the same time").isFalse();
                    writing[0] = true;
                    write(events);
                    if (batches.size() == 1) {
                        self[0].add(Events.call("while writing"));
                        // as a thread of the pool, which begins late with its task
                        runTasks();
                    }
                    writing[0] = false;
                },
                task -> {
                    if (!broken[0] || queuedAllTheSame) {
                        tasks.add(task);
                    }
                    if (broken[0]) {
                        throw new OutOfMemoryError("unable to create native thread: as if");
                    }
                },
                10);

        CompletableFuture<Void> first = self[0].add(Events.call("a"));
        assertThat(first).isCompleted();
        assertThat(batches).containsExactly(List.of("a"), List.of("while writing"));
        runTasks();

        broken[0] = false;
        CompletableFuture<Void> second = self[0].add(Events.call("b"));
        assertThat(second).isNotDone();
        runTasks();
        assertThat(second).isCompleted();
        assertThat(self[0].flush(Duration.ZERO)).isTrue();
    }

    @Test
    void writerThatHasBegunThoughTheExecutorThrewIsTheOnlyOne() {
        GroupCommit odd = new GroupCommit(
                this::write,
                task -> {
                    task.run();
                    throw new NoClassDefFoundError("as if");
                },
                10);

        assertThat(odd.add(Events.call("a"))).isCompleted();
        assertThat(odd.add(Events.call("b"))).isCompleted();
        assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void flushWaitsForTheQueueWithinItsTime() {
        assertThat(commits.flush(Duration.ZERO)).isTrue();
        commits.add(Events.call("a"));
        assertThat(commits.flush(Duration.ofMillis(20))).isFalse();
        Thread writer = new Thread(this::runTasks);
        writer.start();
        assertThat(commits.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(batches).hasSize(1);
    }

    @Test
    void manyThreadsLoseDoubleAndReorderNothingOfTheirOwn() throws Exception {
        List<String> written = new ArrayList<>();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            GroupCommit busy =
                    new GroupCommit(events -> events.forEach(event -> written.add(event.tool())), writer, 100_000);
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                int me = caller;
                done.add(CompletableFuture.runAsync(
                        () -> IntStream.range(0, 2_000)
                                .mapToObj(i -> busy.add(Events.call(me + ":" + i)))
                                .toList()
                                .forEach(CompletableFuture::join),
                        callers));
            }
            for (CompletableFuture<Void> one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            writer.shutdown();
            callers.shutdown();
        }
        assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(written).hasSize(16_000).doesNotHaveDuplicates();
        for (int caller = 0; caller < 8; caller++) {
            String mine = caller + ":";
            assertThat(written.stream().filter(tool -> tool.startsWith(mine)))
                    .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> mine + i).toList());
        }
    }

    @Test
    void rowsNoCallWaitsForAreGatheredAndAnAwaitedOneTakesThemAlong() throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        List<List<String>> written = new ArrayList<>();
        GroupCommit patient = new GroupCommit(
                events -> written.add(events.stream().map(AuditEvent::tool).toList()), writer, 100);
        try {
            patient.addToGather(Events.call("a"));
            patient.addToGather(Events.call("b"));
            CompletableFuture<Void> last = patient.addToGather(Events.call("c"));
            last.get(60, TimeUnit.SECONDS);
            assertThat(written).containsExactly(List.of("a", "b", "c"));
            patient.addToGather(Events.call("d"));
            patient.add(Events.call("e")).get(60, TimeUnit.SECONDS);
            assertThat(written).flatExtracting(batch -> batch).containsExactly("a", "b", "c", "d", "e");
        } finally {
            writer.shutdown();
        }
    }
}
