package io.mcpdata.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gathers events while a batch is being written, and writes them together: one commit for many. One writer at a time,
 * on a borrowed thread that is given back when nothing is left. The queue is bounded. Thread-safe.
 */
final class GroupCommit {

    private static final int LARGEST_BATCH = 500;

    private record Entry(AuditEvent event, CompletableFuture<Void> durable) {}

    private final Consumer<List<AuditEvent>> rows;
    private final Executor executor;
    private final int capacity;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private boolean writing;

    /**
     * @param executor lends the writer its thread; must not be one whose threads wait for rows, or all of them could
     *     wait for a writer that waits for them
     * @param capacity how many events may wait to be written
     */
    GroupCommit(Consumer<List<AuditEvent>> rows, Executor executor, int capacity) {
        this.rows = rows;
        this.executor = executor;
        this.capacity = capacity;
    }

    /**
     * Completes when the event is durable, exceptionally if it could not be made so.
     *
     * @throws AuditUnavailableException if the queue is full
     */
    CompletableFuture<Void> add(AuditEvent event) {
        Entry entry = new Entry(event, new CompletableFuture<>());
        synchronized (queue) {
            if (queue.size() >= capacity) {
                throw new AuditUnavailableException("the audit queue is full", new IllegalStateException());
            }
            queue.add(entry);
            if (writing) {
                return entry.durable();
            }
            writing = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RuntimeException e) {
            // no thread to borrow, as at shutdown: this one writes
            drain();
        }
        return entry.durable();
    }

    /** Waits until everything added so far is written, or its time is over; whether it is. */
    boolean flush(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (queue) {
            while (writing) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    queue.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    private void drain() {
        for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    private List<Entry> next() {
        synchronized (queue) {
            List<Entry> batch = new ArrayList<>();
            while (!queue.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(queue.removeFirst());
            }
            writing = !batch.isEmpty();
            if (!writing) {
                queue.notifyAll();
            }
            return batch;
        }
    }

    @SuppressWarnings("CatchingUnchecked") // even an Error must not leave a queue behind that nobody empties
    private void write(List<Entry> batch) {
        try {
            rows.accept(batch.stream().map(Entry::event).toList());
            batch.forEach(entry -> entry.durable().complete(null));
        } catch (Throwable e) {
            batch.forEach(entry -> entry.durable().completeExceptionally(e));
        }
    }
}
