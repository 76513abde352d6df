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

    /** A statement that runs. */
    interface Call extends AutoCloseable {

        /** What to tell about an error of the statement, which is {@code otherwise} unless it needed too much memory. */
        ToolException readable(SQLException e, ToolException otherwise);

        @Override
        void close();
    }

    /** Nothing but garbage stays below this share of the heap after a collection, unless others fill it. */
    private static final double MOST_ALIVE = 0.60;

    private static final double MOST_USED = 0.85;

    /** So full that the next statement is ended before the collector has shown what ending the last one gave. */
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

    /** What one statement may allocate, in bytes, before it can be the one that is ended. */
    long share() {
        return heap.most() / 8;
    }

    /**
     * Looks after a statement of the calling thread until that is closed.
     * Does nothing for a database that runs elsewhere.
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
            // a collection of long ago tells nothing
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

    /** The JVM does not tell how much is alive, but right after a collection hardly anything else is in use. */
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

    /** For a statement on a database in another process, which minds its own memory. */
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
