package io.mcpdata.audit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Rows of calls that are already answered and that the store did not take. They are kept in memory and written again,
 * for a limited time. When too many wait, no more such calls may be answered. Thread-safe.
 */
final class LateRows {

    /** How long writing a row is tried again. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(LateRows.class.getName());
    private static final int LARGEST_BATCH = 500;

    private record Late(AuditEvent event, long since) {}

    private final Consumer<List<AuditEvent>> rows;
    private final int capacity;
    private final LongSupplier nanos;
    private final Deque<Late> waiting = new ArrayDeque<>();
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * @param capacity how many rows may wait before it is full; rows already on their way to the store are kept as well
     */
    LateRows(Consumer<List<AuditEvent>> rows, int capacity, LongSupplier nanos) {
        this.rows = rows;
        this.capacity = capacity;
        this.nanos = nanos;
    }

    boolean isFull() {
        synchronized (waiting) {
            return waiting.size() >= capacity;
        }
    }

    void keep(AuditEvent event) {
        synchronized (waiting) {
            waiting.add(new Late(event, nanos.getAsLong()));
        }
    }

    /** Tries to write the waiting rows, oldest first; returns at the first failure. Throws nothing. */
    void retry() {
        if (!writing.tryLock()) {
            return;
        }
        try {
            long written = 0;
            for (List<AuditEvent> batch = oldest(); !batch.isEmpty(); batch = oldest()) {
                rows.accept(batch);
                remove(batch.size());
                written += batch.size();
            }
            if (written > 0) {
                LOG.log(Level.INFO, "{0} audit rows that the store did not take at first are written now", written);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "the store still takes no audit rows", e);
            giveUpTheOldest();
        } finally {
            writing.unlock();
        }
    }

    /** The last attempt, at the end of the application. */
    void end() {
        retry();
        synchronized (waiting) {
            if (!waiting.isEmpty()) {
                LOG.log(Level.ERROR, "{0} audit rows are lost: the store took none until the end", waiting.size());
            }
        }
    }

    private List<AuditEvent> oldest() {
        synchronized (waiting) {
            return waiting.stream().limit(LARGEST_BATCH).map(Late::event).toList();
        }
    }

    private void remove(int first) {
        synchronized (waiting) {
            for (int i = 0; i < first; i++) {
                waiting.remove();
            }
        }
    }

    private void giveUpTheOldest() {
        List<AuditEvent> lost = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && nanos.getAsLong() - waiting.peek().since() > PATIENCE.toNanos()) {
                lost.add(waiting.remove().event());
            }
        }
        if (!lost.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "{0} audit rows are lost: the store took none for {1} minutes",
                    lost.size(),
                    PATIENCE.toMinutes());
        }
    }
}
