package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Watches statements on H2 databases that run in the server's own JVM. While a statement runs, the watch reads the heap's use
 * every 20 ms: one statement can fill the heap in less than a second, and H2 closes the database for all callers when it
 * finds no memory. When the heap is nearly full, the watch ends the statement that has allocated the most. A statement that
 * collects values or rows has a fixed allowance, because H2's work on them at the end cannot be interrupted. Thread-safe.
 */
final class EmbeddedWatch {

    private static final long TICK_MILLIS = 20;
    private static final int IDLE_TICKS = 100;

    /** A running statement. */
    interface Call extends AutoCloseable {

        /**
         * The error to report for a failed statement: {@code otherwise}, unless the statement needed too much memory.
         */
        ToolException readable(SQLException e, ToolException otherwise);

        @Override
        void close();
    }

    /** If more than this share of the heap remains after a garbage collection, statements hold the memory. */
    private static final double MOST_ALIVE = 0.60;

    private static final double MOST_USED = 0.85;

    /**
     * At this share of the heap the next statement is ended before a garbage collection has shown the effect of ending
     * the last one.
     */
    private static final double DESPERATE = 0.93;

    private final Supplier<ScheduledExecutorService> scheduler;
    private final HeapUse heap;
    private final List<EmbeddedCall> calls = new ArrayList<>();
    private @Nullable Future<?> ticks;
    private int idle;
    private long collections;
    private long alive;
    private long collectionsAtTheLastEnd = -1;

    EmbeddedWatch(Supplier<ScheduledExecutorService> scheduler, HeapUse heap) {
        this.scheduler = scheduler;
        this.heap = heap;
    }

    HeapUse heap() {
        return heap;
    }

    /** How many bytes one statement may allocate before the watch may end it. */
    long share() {
        return heap.most() / 8;
    }

    /**
     * Watches a statement of the calling thread until it is closed. Does nothing for a database in another process.
     *
     * @param unwanted whether the statement should end for another reason, such as its timeout
     */
    Call over(Connection connection, String sql, BooleanSupplier unwanted) throws SQLException {
        if (connection.isWrapperFor(JdbcConnection.class)
                && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            EmbeddedCall call = new EmbeddedCall(this, session, sql, unwanted);
            add(call);
            return call;
        }
        return new Elsewhere();
    }

    private synchronized void add(EmbeddedCall call) {
        if (ticks == null) {
            idle = 0;
            // an old garbage collection tells nothing about the heap now
            collections = heap.collections();
            alive = 0;
            ticks = scheduler.get().scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        calls.add(call);
    }

    synchronized void remove(EmbeddedCall call) {
        calls.remove(call);
    }

    private synchronized void look() {
        if (calls.isEmpty()) {
            stopWhenIdle();
            return;
        }
        idle = 0;
        long used = sample();
        calls.forEach(EmbeddedCall::endIfUnwanted);
        if (isShort(used) && mayEndAnother(used)) {
            calls.stream()
                    .filter(call -> !call.isEnded() && call.allocated() >= share())
                    .max(Comparator.comparingLong(EmbeddedCall::allocated))
                    .ifPresent(this::end);
        }
    }

    private void stopWhenIdle() {
        Future<?> running = ticks;
        if (++idle > IDLE_TICKS && running != null) {
            running.cancel(false);
            ticks = null;
        }
    }

    /** The JVM does not report live memory, but right after a garbage collection the used memory is close to it. */
    private long sample() {
        long used = heap.used();
        long now = heap.collections();
        if (now != collections) {
            collections = now;
            alive = used;
        }
        return used;
    }

    private boolean isShort(long used) {
        return alive >= heap.most() * MOST_ALIVE || used >= heap.most() * MOST_USED;
    }

    private boolean mayEndAnother(long used) {
        return collections != collectionsAtTheLastEnd || used >= heap.most() * DESPERATE;
    }

    private void end(EmbeddedCall call) {
        collectionsAtTheLastEnd = collections;
        call.end();
    }

    /** For a statement on a database in another process, which uses its own memory. */
    static Call elsewhere() {
        return new Elsewhere();
    }

    private static final class Elsewhere implements Call {

        @Override
        public ToolException readable(SQLException e, ToolException otherwise) {
            return otherwise;
        }

        @Override
        public void close() {
            return;
        }
    }
}
