package io.mcpdata.audit;

import io.mcpdata.background.ThreadRefusals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Collects events while a batch is being written, and writes them as the next batch: one commit for many events. One
 * writer at a time, on an executor's thread that is released when the queue is empty. The queue is bounded.
 * Thread-safe.
 */
final class GroupCommit {

    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int LARGEST_BATCH = 500;

    /**
     * How long a row waits for others, the write before it included, if no call waits for it; each batch costs one write to
     * the disk.
     */
    private static final long LONGEST_GATHERING_MILLIS = 100;

    private record Entry(AuditEvent event, long since, CompletableFuture<Void> durable) {}

    private final Consumer<List<AuditEvent>> rows;
    private final Executor executor;
    private final int capacity;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean awaited;

    /**
     * @param executor runs the writer; its threads must not wait for rows, or all of them could wait for a writer that
     *     has no thread
     * @param capacity how many events may wait to be written
     */
    GroupCommit(Consumer<List<AuditEvent>> rows, Executor executor, int capacity) {
        this.rows = rows;
        this.executor = ThreadRefusals.executor(executor);
        this.capacity = capacity;
    }

    /**
     * Completes when the event is durable, exceptionally if it could not be made durable.
     *
     * @throws AuditUnavailableException if the queue is full
     */
    CompletableFuture<Void> add(AuditEvent event) {
        return add(event, true);
    }

    /** The same for an event that no caller waits for: it may wait a moment, to be written together with others. */
    CompletableFuture<Void> addToGather(AuditEvent event) {
        return add(event, false);
    }

    private CompletableFuture<Void> add(AuditEvent event, boolean isAwaited) {
        Entry entry = new Entry(event, System.nanoTime(), new CompletableFuture<>());
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

    /** False if the executor gives no thread, as at shutdown: the calling thread must then write the queue. */
    @SuppressWarnings("CatchingUnchecked") // after any error this thread must write
    private boolean isDrainedByAnother() {
        try {
            executor.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "no thread for the audit writer: the calling thread writes the audit rows", e);
            return false;
        }
    }

    /** How many events are not taken by the writer yet. */
    int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** The time of the oldest event that is not taken by the writer yet; empty if none waits. */
    Optional<Instant> oldest() {
        synchronized (queue) {
            return Optional.ofNullable(queue.peek()).map(entry -> entry.event().time());
        }
    }

    /** Waits until all events added so far are written or the time is over; true if they are written. */
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
                // for example no memory for a batch: the next caller that adds an event continues
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

    /** To be called while holding the queue's lock. */
    private void gather() {
        try {
            while (!queue.isEmpty() && !awaited && queue.size() < LARGEST_BATCH) {
                long waited = TimeUnit.NANOSECONDS.toMillis(
                        System.nanoTime() - queue.element().since());
                long left = LONGEST_GATHERING_MILLIS - waited;
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

    @SuppressWarnings("CatchingUnchecked") // even after an Error the queue must be drained
    private void write(List<Entry> batch) {
        try {
            rows.accept(batch.stream().map(Entry::event).toList());
            batch.forEach(entry -> entry.durable().complete(null));
        } catch (Throwable e) {
            batch.forEach(entry -> entry.durable().completeExceptionally(e));
        }
    }
}
