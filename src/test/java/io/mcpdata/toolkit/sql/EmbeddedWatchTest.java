package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.gateway.ToolException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedWatchTest {

    private static final long MEGABYTE = 1 << 20;
    private static final long HEAP = 512 * MEGABYTE;

    /** Never finds a row, so that H2 checks only the session's flag. */
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a JOIN SYSTEM_RANGE(1, 1000000) b"
                    + " ON a.x + b.x < 0 JOIN SYSTEM_RANGE(1, 1000000) c ON c.x < b.x";

    private static final String COLLECTING = "SELECT LENGTH(LISTAGG(1, '')) FROM SYSTEM_RANGE(1, 1000000) a"
            + " JOIN SYSTEM_RANGE(1, 1000000) b ON a.x + b.x < 0";

    private final StagedHeap heap = new StagedHeap();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final EmbeddedWatch watch = new EmbeddedWatch(() -> scheduler, heap);
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** A heap that is as full as the test says. */
    private static final class StagedHeap implements HeapUse {

        private final Map<Long, Long> allocated = new ConcurrentHashMap<>();
        private volatile long used = HEAP / 4;
        private volatile long collections = 1;

        @Override
        public long most() {
            return HEAP;
        }

        @Override
        public long used() {
            return used;
        }

        @Override
        public long collections() {
            return collections;
        }

        @Override
        public long allocatedBy(long threadId) {
            return allocated.getOrDefault(threadId, 0L);
        }
    }

    /** A statement that runs. */
    private record Running(long thread, CompletableFuture<String> end) {

        String outcome() throws InterruptedException, ExecutionException, TimeoutException {
            return end.get(60, TimeUnit.SECONDS);
        }

        boolean goesOnFor(long millis) throws InterruptedException {
            Thread.sleep(millis);
            return !end.isDone();
        }
    }

    @BeforeEach
    void open() throws SQLException {
        for (int i = 0; i < 2; i++) {
            connections.add(DriverManager.getConnection("jdbc:h2:mem:watched;USER=sa;PASSWORD=x"));
        }
    }

    @AfterEach
    void close() throws Exception {
        over.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (Connection connection : connections) {
            connection.close();
        }
        scheduler.shutdownNow();
    }

    @Test
    void theStatementThatAllocatedMostIsEndedAndTheOtherContinues() throws Exception {
        Running small = begin(0, ENDLESS);
        Running large = begin(1, ENDLESS);
        heap.allocated.put(small.thread(), 70 * MEGABYTE);
        heap.allocated.put(large.thread(), 90 * MEGABYTE);
        heap.used = HEAP * 9 / 10;

        assertThat(large.outcome())
                .contains("needed more memory than this server gives one query (about 64 MB)", "narrow it down");
        assertThat(small.goesOnFor(300)).isTrue();
    }

    @Test
    void theNextIsEndedOnlyWhenACollectionHasShownThatThisIsNotEnough() throws Exception {
        Running small = begin(0, ENDLESS);
        Running large = begin(1, ENDLESS);
        heap.allocated.put(small.thread(), 70 * MEGABYTE);
        heap.allocated.put(large.thread(), 90 * MEGABYTE);
        heap.used = HEAP * 9 / 10;
        large.outcome();
        assertThat(small.goesOnFor(300)).isTrue();

        heap.collections++;

        assertThat(small.outcome()).contains("more memory");
    }

    @Test
    void whatIsAliveAfterACollectionCountsMoreThanGarbage() throws Exception {
        Running statement = begin(0, ENDLESS);
        heap.allocated.put(statement.thread(), 70 * MEGABYTE);
        heap.used = HEAP * 8 / 10;
        assertThat(statement.goesOnFor(300)).isTrue();

        heap.used = HEAP * 65 / 100;
        heap.collections++;

        assertThat(statement.outcome()).contains("more memory");
    }

    @Test
    void aLargeScanInALargeHeapIsNotEnded() throws Exception {
        Running statement = begin(0, ENDLESS);
        heap.allocated.put(statement.thread(), 100 * HEAP);

        assertThat(statement.goesOnFor(300)).isTrue();
    }

    @Test
    void aStatementBelowItsShareIsNotEndedForOthers() throws Exception {
        Running statement = begin(0, ENDLESS);
        heap.allocated.put(statement.thread(), 60 * MEGABYTE);
        heap.used = HEAP * 99 / 100;

        assertThat(statement.goesOnFor(300)).isTrue();
    }

    @Test
    void aStatementThatCollectsHasAnAllowance() throws Exception {
        Running statement = begin(0, COLLECTING);
        heap.allocated.put(statement.thread(), 25 * MEGABYTE);
        assertThat(statement.goesOnFor(300)).isTrue();

        heap.allocated.put(statement.thread(), 26 * MEGABYTE);

        assertThat(statement.outcome()).contains("more memory");
    }

    @Test
    void anUnwantedStatementEndsThoughItFindsNoRow() throws Exception {
        Running statement = begin(0, ENDLESS);
        assertThat(statement.goesOnFor(300)).isTrue();

        over.set(true);

        assertThat(statement.outcome()).isEqualTo("something else");
    }

    @Test
    void theNextStatementOfTheConnectionRuns() throws Exception {
        Running statement = begin(0, ENDLESS);
        over.set(true);
        statement.outcome();

        try (Statement next = connections.get(0).createStatement();
                ResultSet rows = next.executeQuery("SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000)")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(100_000);
        }
    }

    @Test
    void theHeapOfThisJvmIsMeasured() {
        HeapUse real = HeapUse.ofThisJvm();
        long before = real.allocatedBy(Thread.currentThread().getId());
        byte[] text = new byte[(int) (4 * MEGABYTE)];

        assertThat(real.allocatedBy(Thread.currentThread().getId()) - before)
                .isBetween((long) text.length, text.length + MEGABYTE);
        assertThat(real.used()).isBetween(MEGABYTE, real.most());
        System.gc();
        assertThat(real.collections()).isPositive();
    }

    private Running begin(int connection, String sql) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        long[] thread = new long[1];
        CompletableFuture<String> end = new CompletableFuture<>();
        callers.execute(() -> {
            thread[0] = Thread.currentThread().getId();
            end.complete(outcome(connections.get(connection), sql, over::get, begun));
        });
        begun.await();
        return new Running(thread[0], end);
    }

    private String outcome(Connection connection, String sql, BooleanSupplier unwanted, CountDownLatch begun) {
        try (Statement statement = connection.createStatement();
                EmbeddedWatch.Call call = watch.over(connection, sql, unwanted)) {
            begun.countDown();
            try (ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? "a row" : "no row";
            } catch (SQLException e) {
                return call.readable(e, new ToolException("other", "something else"))
                        .getMessage();
            }
        } catch (SQLException e) {
            return e.toString();
        }
    }
}
