package io.mcpdata.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.DurableRows;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRow;
import io.mcpdata.audit.chain.TextColumn;
import io.mcpdata.audit.query.AuditField;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.ReadPermits;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.store.TemporaryStore;
import io.mcpdata.testing.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the real store, with so few rows in memory that watchers often need the store too. */
final class EventTailTest {

    private final TemporaryStore store;
    private final DurableRows rows;
    private final ExecutorService live = Executors.newSingleThreadExecutor();
    private final ExecutorService older = Executors.newSingleThreadExecutor();
    private final ExecutorService sending = Executors.newFixedThreadPool(4);
    private final EventTail tail;

    EventTailTest(@TempDir Path directory) {
        store = new TemporaryStore(directory);
        rows = new DurableRows(store, new AuditChain(store, InMemoryActiveConfiguration.none()));
        tail = new EventTail(
                rows, new AuditReader(store, new ReadPermits()), live, older, new RecentRows(20, 1_000_000));
        rows.listen(tail::wake);
    }

    @AfterEach
    void close() {
        List.of(live, older, sending).forEach(ExecutorService::shutdownNow);
        store.close();
    }

    private void write(int count, String tool) {
        Map<TextColumn, String> texts = new EnumMap<>(TextColumn.class);
        for (TextColumn column : TextColumn.values()) {
            texts.put(column, "");
        }
        texts.put(TextColumn.TYPE, "TOOL_CALL");
        texts.put(TextColumn.OUTCOME, "SUCCESS");
        texts.put(TextColumn.TOOL, tool);
        rows.append(Collections.nCopies(count, new ChainRow(Instant.now(), texts, 0, -1)));
    }

    private EventStream watch(RecordingSink sink, AuditFilter filter, long after) {
        StreamRoom room = new StreamRoom();
        EventStream[] made = new EventStream[1];
        SseStream stream = new SseStream(
                sink, sending, Clock.systemUTC(), room, reason -> tail.remove(made[0]), () -> made[0].advance());
        made[0] = new EventStream(stream, room, filter, tail, after);
        made[0].begin(tail.newest());
        tail.add(made[0]);
        return made[0];
    }

    private static List<Long> received(RecordingSink sink) {
        return sink.sent().stream()
                .filter(event -> event.name().equals("audit"))
                .map(event -> Long.valueOf(event.id()))
                .toList();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void await(RecordingSink sink, long first, long last) {
        Eventually.within(
                Duration.ofSeconds(30), "all rows", () -> received(sink).size() >= last - first + 1);
        assertThat(received(sink)).isEqualTo(numbers(first, last));
    }

    @Test
    void watchersGetEveryRowOnceWhileSeveralThreadsWrite() throws Exception {
        write(30, "before");
        ExecutorService writers = Executors.newFixedThreadPool(3);
        List<RecordingSink> sinks = new ArrayList<>();
        List<Long> begins = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int writer = 0; writer < 3; writer++) {
                running.add(writers.submit(() -> {
                    for (int batch = 0; batch < 40; batch++) {
                        write(1 + batch % 9, "meanwhile");
                    }
                }));
            }
            for (int i = 0; i < 30; i++) {
                RecordingSink sink = new RecordingSink();
                // from the very first row, from the newest, and from between
                long after = tail.newest() * (i % 3) / 2;
                sinks.add(sink);
                begins.add(after);
                watch(sink, AuditFilter.NONE, after);
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        long newest = tail.newest();
        for (int i = 0; i < sinks.size(); i++) {
            await(sinks.get(i), begins.get(i) + 1, newest);
        }
    }

    @Test
    void manyWatchersGetRowsThatWereWrittenTogetherInOneWrite() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            watch(sink, AuditFilter.NONE, 0);
        }
        write(15, "together");

        for (RecordingSink sink : sinks) {
            await(sink, 1, 15);
            assertThat(sink.writes()).as("writes").isLessThanOrEqualTo(3);
        }
    }

    @Test
    void watcherThatDoesNotReadGetsNoMoreThanItHasRoomForAndOthersGetAll() {
        RecordingSink slow = new RecordingSink().holdSends();
        RecordingSink quick = new RecordingSink();
        EventStream stuck = watch(slow, AuditFilter.NONE, 0);
        watch(quick, AuditFilter.NONE, 0);
        for (int batch = 0; batch < 20; batch++) {
            write(100, "many");
        }

        await(quick, 1, 2_000);
        assertThat(slow.sent()).hasSize(1);
        assertThat(stuck.isOpen()).isTrue();
        slow.releaseSends();
        await(slow, 1, 2_000);
    }

    @Test
    void filteredWatcherLearnsHowFarItIs() {
        RecordingSink sink = new RecordingSink();
        EventStream watcher = watch(
                sink,
                new AuditFilter(
                        Optional.empty(), Optional.empty(), Map.of(AuditField.TOOL, "wanted"), Optional.empty()),
                0);
        write(3, "wanted");
        write(4, "other");
        await(sink, 1, 3);
        // sent by another thread, so a later heartbeat may be the last event already
        Eventually.within(Duration.ofSeconds(10), "an event with the position", () -> {
            watcher.sendHeartbeat();
            return sink.sent().stream().anyMatch(event -> event.id().equals("7"));
        });

        assertThat(sink.sent().stream().filter(event -> event.id().equals("7")).map(StreamEvent::name))
                .containsExactly("position");
        int before = sink.sent().size();
        watcher.sendHeartbeat();
        Eventually.within(
                Duration.ofSeconds(10), "a heartbeat", () -> sink.sent().size() > before);
        assertThat(last(sink).comment()).isEqualTo("keep-alive");
    }

    private static StreamEvent last(RecordingSink sink) {
        return sink.sent().get(sink.sent().size() - 1);
    }

    @Test
    void watcherWhoseNextRowsWereDeletedIsToldAndGetsTheRest() {
        write(5, "old");
        write(3, "new");
        RecordingSink sink = new RecordingSink();
        store.jdbi().useHandle(handle -> handle.execute("DELETE FROM audit_event WHERE id <= 5"));
        StreamRoom room = new StreamRoom();
        SseStream stream = new SseStream(sink, sending, Clock.systemUTC(), room, reason -> {});
        EventStream watcher = new EventStream(stream, room, AuditFilter.NONE, tail, 2);
        watcher.begin(8);
        watcher.skipTo(6);
        tail.add(watcher);

        Eventually.within(
                Duration.ofSeconds(10), "the rest", () -> received(sink).size() == 3);
        assertThat(sink.sent().stream().map(StreamEvent::name))
                .containsExactly("ready", "gap", "audit", "audit", "audit");
        assertThat(sink.sent().get(0).id()).isEqualTo("2");
        assertThat(sink.sent().get(1).data()).isEqualTo("{\"after\":2,\"oldest\":6}");
        assertThat(received(sink)).containsExactly(6L, 7L, 8L);
    }

    @Test
    void nextWatcherAfterAPauseGetsWhatWasWrittenMeanwhile() {
        RecordingSink first = new RecordingSink();
        EventStream watcher = watch(first, AuditFilter.NONE, 0);
        write(5, "one");
        await(first, 1, 5);
        watcher.close(CloseReason.CLIENT_GONE);
        Eventually.within(Duration.ofSeconds(10), "the end", () -> first.closes() == 1);
        write(50, "two");

        RecordingSink again = new RecordingSink();
        watch(again, AuditFilter.NONE, 5);
        await(again, 6, 55);
        RecordingSink fresh = new RecordingSink();
        watch(fresh, AuditFilter.NONE, 55);
        write(2, "three");
        await(fresh, 56, 57);
        await(again, 6, 57);
    }
}
