package io.mcpdata.mcp.stream;

import io.mcpdata.protocol.JsonRpc;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event stream: a queue bounded in events and in characters, and one send in flight, of all that is queued. The executor drains the queue;
 * the thread that offers an event never does. Events that are offered before {@link #begin} follow the first event, and
 * there is no heartbeat before it. A client that reads too slowly loses its own stream, and other streams are not
 * affected. Thread-safe.
 */
public final class SseStream implements ClientStream {

    public static final int CAPACITY = 1000;

    /** Events that one task sends before other streams get a turn. */
    private static final int BATCH = 64;

    /**
     * Characters that are written at once, unless one event has more. A client that reads this in the time after which a
     * write counts as stuck is not cut.
     */
    private static final int WRITE = 16 * 1024;

    private static final Logger LOG = System.getLogger(SseStream.class.getName());

    private final EventSink sink;
    private final Executor executor;
    private final Clock clock;
    private final OutboundBudget.Share budget;
    private final Consumer<CloseReason> onClose;
    private final Runnable onEmpty;
    private final Deque<StreamEvent> queue = new ArrayDeque<>();

    private boolean begun;
    private boolean draining;
    private boolean closed;
    private @Nullable CloseReason ending;
    private @Nullable Instant sendingSince;
    private Instant lastOffer;

    /**
     * @param executor must never run a task that it rejected
     * @param budget its caller's; every event takes its characters from it
     * @param onClose called once, on the executor, as soon as the stream is closed and before its sink is; in the
     *     thread that closes if the executor takes no task
     */
    public SseStream(
            EventSink sink,
            Executor executor,
            Clock clock,
            OutboundBudget.Share budget,
            Consumer<CloseReason> onClose) {
        this(sink, executor, clock, budget, onClose, () -> {});
    }

    /** @param onEmpty called on the executor, or in a thread of the container, when everything queued is sent */
    public SseStream(
            EventSink sink,
            Executor executor,
            Clock clock,
            OutboundBudget.Share budget,
            Consumer<CloseReason> onClose,
            Runnable onEmpty) {
        this.sink = sink;
        this.executor = executor;
        this.clock = clock;
        this.budget = budget;
        this.onClose = onClose;
        this.onEmpty = onEmpty;
        this.lastOffer = clock.instant();
    }

    /** Sends this event before all others, and then what was offered until now. Only the first call counts. */
    public void begin(StreamEvent first) {
        boolean fits;
        synchronized (this) {
            if (closed || begun) {
                return;
            }
            fits = budget.take(first.data().length());
            if (fits) {
                queue.addFirst(first);
                lastOffer = clock.instant();
                begun = true;
            }
        }
        startOrClose(fits);
    }

    /** Queues an event. False if the stream is closed, or has just been closed because its queue was full. */
    public boolean offer(StreamEvent event) {
        return offerAll(List.of(event));
    }

    /** Queues events before any of them is sent, so that they are sent together. */
    public boolean offerAll(List<StreamEvent> events) {
        boolean fits;
        synchronized (this) {
            if (closed || ending != null) {
                return false;
            }
            fits = events.stream().allMatch(this::enqueue);
        }
        startOrClose(fits);
        return fits;
    }

    private boolean enqueue(StreamEvent event) {
        boolean fits = queue.size() < CAPACITY && budget.take(event.data().length());
        if (fits) {
            queue.add(event);
            lastOffer = clock.instant();
        }
        return fits;
    }

    private void startOrClose(boolean fits) {
        if (fits) {
            startDraining();
        } else {
            close(CloseReason.SLOW_READER);
        }
    }

    @Override
    public void send(String message) {
        offer(StreamEvent.message(message));
    }

    @Override
    public void notify(String method) {
        send(JsonRpc.notification(method));
    }

    @Override
    public void sendHeartbeat() {
        if (hasBegun()) {
            offer(StreamEvent.heartbeat());
        }
    }

    private synchronized boolean hasBegun() {
        return begun;
    }

    @Override
    public void endWith(Duration reconnectDelay, CloseReason reason) {
        endWith(StreamEvent.comeBackIn(reconnectDelay), reason);
    }

    /** Sends what is queued and then this event, and closes; takes no further events. */
    public void endWith(StreamEvent last, CloseReason reason) {
        synchronized (this) {
            if (closed || ending != null) {
                return;
            }
            ending = reason;
            queue.add(last);
        }
        startDraining();
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // the stream must finish after any error: otherwise it stays counted
    public void close(CloseReason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.forEach(this::giveBack);
            queue.clear();
        }
        try {
            executor.execute(() -> finish(reason));
        } catch (Throwable e) {
            // the server shuts down or has no thread, so this thread must finish the stream
            finish(reason);
            logUnlessRefused(e);
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isLost() {
        return sink.isClosed();
    }

    @Override
    public synchronized Instant lastOffer() {
        return lastOffer;
    }

    @Override
    public synchronized boolean isStuckFor(Duration patience) {
        return sendingSince != null && sendingSince.plus(patience).isBefore(clock.instant());
    }

    private void startDraining() {
        synchronized (this) {
            if (!begun || draining || closed) {
                return;
            }
            draining = true;
        }
        schedule();
    }

    @SuppressWarnings("CatchingUnchecked") // after any error no later task would send the queue
    private void schedule() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            close(CloseReason.SHUTDOWN);
        } catch (Throwable e) {
            close(CloseReason.FAILED);
            logUnlessRefused(e);
        }
    }

    private static void logUnlessRefused(Throwable e) {
        if (!(e instanceof RejectedExecutionException)) {
            LOG.log(Level.WARNING, "a stream ends: the container gives no thread for it", e);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // even after an Error the stream must end
    private void drain() {
        try {
            for (int sent = 0; sent < BATCH; ) {
                List<StreamEvent> events = take();
                if (events.isEmpty()) {
                    return;
                }
                sent += events.size();
                CompletableFuture<?> sending = sink.send(events);
                if (!sending.isDone()) {
                    sending.whenComplete((ok, failure) -> afterSend(failure));
                    return;
                }
                sending.join();
                written();
            }
            schedule();
        } catch (RuntimeException e) {
            // containers report a disconnected client like this: a closed sink, a broken pipe
            LOG.log(Level.DEBUG, "a stream can no longer be written to", e);
            close(CloseReason.CLIENT_GONE);
        } catch (Throwable e) {
            close(CloseReason.FAILED);
            LOG.log(Level.WARNING, "a stream ends with an error", e);
        }
    }

    private void afterSend(@Nullable Throwable failure) {
        if (failure != null) {
            close(CloseReason.CLIENT_GONE);
            return;
        }
        written();
        // this is the container's event thread: continue on the executor
        schedule();
    }

    private synchronized void written() {
        sendingSince = null;
    }

    /** What is written next; empty if there is nothing to write now. */
    private List<StreamEvent> take() {
        CloseReason reason;
        synchronized (this) {
            List<StreamEvent> events = poll();
            if (!events.isEmpty()) {
                events.forEach(this::giveBack);
                sendingSince = clock.instant();
                return events;
            }
            draining = false;
            reason = ending;
        }
        if (reason != null) {
            close(reason);
        } else {
            onEmpty.run();
        }
        return List.of();
    }

    private List<StreamEvent> poll() {
        List<StreamEvent> events = new ArrayList<>();
        int room = WRITE;
        for (StreamEvent next = queue.peek(); next != null && events.size() < BATCH; next = queue.peek()) {
            room -= next.data().length();
            if (room < 0 && !events.isEmpty()) {
                break;
            }
            events.add(queue.remove());
        }
        return events;
    }

    private void giveBack(StreamEvent event) {
        budget.give(event.data().length());
    }

    private void finish(CloseReason reason) {
        try {
            onClose.accept(reason);
        } finally {
            closeSink();
        }
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a stream's sink was gone before it was closed", e);
        }
    }
}
