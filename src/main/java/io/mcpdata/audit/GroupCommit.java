package io.mcpdata.audit;

import io.mcpdata.background.ThreadRefusals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gathers events while a batch is being written, and writes them together: one commit for many. One writer at a time,
 * on a borrowed thread that is given back when nothing is left. The queue is bounded. Thread-safe.
 */
final class GroupCommit {

    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int LARGEST_BATCH = 500;

    /** How long a row waits for others if no call waits for it: each batch costs a write that reaches the disk. */
    private static final long LONGEST_GATHERING_MILLIS = 100;

    private record Entry(AuditEvent event, CompletableFuture<Void> durable) {}

    private final Consumer<List<AuditEvent>> rows;
    private final Executor executor;
    private final int capacity;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean awaited;

    /**
     * @param executor lends the writer its thread; must not be one whose threads wait for rows, or all of them could
     *     wait for a writer that waits for them
     * @param capacity how many events may wait to be written
     */
    GroupCommit(Consumer<List<AuditEvent>> rows, Executor executor, int capacity) {
        this.rows = rows;
        this.executor = ThreadRefusals.executor(executor);
        this.capacity = capacity;
    }

    /**
     * Completes when the event is durable, exceptionally if it could not be made so.
     *
     * @throws AuditUnavailableException if the queue is full
     */
    CompletableFuture<Void> add(AuditEvent event) {
        return add(event, true);
    }

    /** The same for an event that no caller waits for: it may wait a moment for others, to be written with them. */
    CompletableFuture<Void> addToGather(AuditEvent event) {
        return add(event, false);
    }

    private CompletableFuture<Void> add(AuditEvent event, boolean isAwaited) {
        Entry entry = new Entry(event, new CompletableFuture<>());
        synchronized (queue) {
            if (queue.size() >= capacity) {
                throw new AuditUnavailableException("the audit queue is full", new IllegalStateException());
            }
            queue.add(entry);
            if (isAwaited) {
                hurry();
            }
            if (writing) {
                return entry.durable();
            }
            writing = true;
        }
        if (!isDrainedByAnother()) {
            drain();
        }
        return entry.durable();
    }

    /** False where there is no thread to borrow, as at shutdown: what is queued is this one's to write then. */
    @SuppressWarnings("CatchingUnchecked") // whatever was thrown, nobody else will ever write
    private boolean isDrainedByAnother() {
        try {
            executor.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "audit rows are written by who waits for them: no thread could be borrowed", e);
            return false;
        }
    }

    /** Waits until everything added so far is written, or its time is over; whether it is. */
    boolean flush(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (queue) {
            while (writing || !queue.isEmpty()) {
                hurry();
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
        boolean toTheEnd = false;
        try {
            for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
                write(batch);
            }
            toTheEnd = true;
        } finally {
            if (!toTheEnd) {
                // as when there is no memory for a batch: whoever adds next goes on
                leave();
            }
        }
    }

    private void leave() {
        synchronized (queue) {
            writing = false;
            queue.notifyAll();
        }
    }

    private void hurry() {
        awaited = true;
        queue.notifyAll();
    }

    /** To be called with the queue's lock. */
    private void gather() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_GATHERING_MILLIS);
        try {
            while (!queue.isEmpty() && !awaited && queue.size() < LARGEST_BATCH) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                queue.wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> next() {
        synchronized (queue) {
            gather();
            List<Entry> batch = new ArrayList<>(Math.min(queue.size(), LARGEST_BATCH));
            while (!queue.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(queue.removeFirst());
            }
            awaited = awaited && !queue.isEmpty();
            if (batch.isEmpty()) {
                leave();
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
