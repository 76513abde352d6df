package io.mcpdata.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.DurableRows;
import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.ReadPermits;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.TemporaryStore;
import io.mcpdata.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watchers of two servers that share a PostgreSQL database. */
final class SharedEventsTest {

    private final PostgresServer.Database database = PostgresServer.newDatabase();
    private final ExecutorService sending = Executors.newFixedThreadPool(4);
    private final List<Server> servers = List.of(new Server("left"), new Server("right"));

    private final class Server implements AutoCloseable {

        private final ExecutorService live = Executors.newSingleThreadExecutor();
        private final ExecutorService older = Executors.newSingleThreadExecutor();
        private final TemporaryStore store;
        private final DurableRows rows;
        private final EventTail tail;

        Server(String name) {
            store = TemporaryStore.on(database, name);
            rows = new DurableRows(store, new AuditChain(store, InMemoryActiveConfiguration.none()));
            tail = new EventTail(
                    rows, new AuditReader(store, new ReadPermits()), live, older, new RecentRows(20, 1_000_000));
            rows.listen(tail::wake);
        }

        RecordingSink watch(long after) {
            RecordingSink sink = new RecordingSink();
            StreamRoom room = new StreamRoom();
            EventStream[] made = new EventStream[1];
            SseStream stream = new SseStream(
                    sink, sending, Clock.systemUTC(), room, reason -> tail.remove(made[0]), () -> made[0].advance());
            made[0] = new EventStream(stream, room, AuditFilter.NONE, tail, after);
            made[0].begin(tail.newest());
            tail.add(made[0]);
            return sink;
        }

        @Override
        public void close() {
            live.shutdownNow();
            older.shutdownNow();
            store.close();
        }
    }

    @AfterEach
    void close() {
        servers.forEach(Server::close);
        sending.shutdownNow();
    }

    private List<Long> stored(long after) {
        return servers.get(0)
                .store
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM audit_event WHERE id > :after ORDER BY id")
                        .bind("after", after)
                        .mapTo(Long.class)
                        .list());
    }

    private static List<Long> received(RecordingSink sink) {
        return sink.sent().stream()
                .filter(event -> event.name().equals("audit"))
                .map(event -> Long.valueOf(event.id()))
                .toList();
    }

    @Test
    void eachWatcherGetsEveryRowOfBothOnceAndInOrder() throws Exception {
        record Watch(RecordingSink sink, long after) {}
        List<Watch> watches = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Server server : servers) {
                running.add(writers.submit(() -> {
                    for (int batch = 0; batch < 40; batch++) {
                        server.rows.append(ChainRows.of("a", "b", "c"));
                    }
                }));
            }
            for (int i = 0; i < 6; i++) {
                // a client continues on one server where it was on another
                long after = servers.get(i % 2).tail.newest();
                watches.add(new Watch(servers.get((i + 1) % 2).watch(after), after));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        for (Watch watch : watches) {
            List<Long> expected = stored(watch.after());
            Eventually.within(Duration.ofSeconds(30), "all rows", () -> {
                servers.forEach(server -> server.tail.everySecond());
                return received(watch.sink()).size() >= expected.size();
            });
            assertThat(received(watch.sink())).isEqualTo(expected);
        }
        assertThat(stored(0)).hasSize(240);
    }
}
