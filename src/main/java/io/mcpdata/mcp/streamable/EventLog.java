package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One stream as the client sees it, over all HTTP responses that carry it (MCP 2025-11-25, section Resumability and
 * Redelivery). Its messages have ids, and go to the one response that reads it now. Thread-safe.
 */
final class EventLog {

    /** The HTTP response that carries the stream now. Its methods must not block. */
    interface Reader {

        void event(StreamEvent event);

        /** No event will follow: the stream is complete, or another response carries it from now on. */
        void end();
    }

    private final String id;
    private final ReplayStore store;
    private volatile int last;
    private boolean complete;
    /** Changed without the lock by {@link #leave}, which is called where a reader closes. */
    private final AtomicReference<@Nullable Reader> reader = new AtomicReference<>();

    EventLog(String id, ReplayStore store) {
        this.id = id;
        this.store = store;
    }

    String id() {
        return id;
    }

    /** Sends a message to the reader and keeps it for clients that resume. */
    synchronized void send(String message) {
        int number = last + 1;
        last = number;
        store.put(eventId(number), message);
        Reader now = reader.get();
        if (now != null) {
            now.event(StreamEvent.message(eventId(number), message));
        }
    }

    /** Ends the response that carries the stream now; another one can resume it. */
    synchronized void interrupt() {
        release();
    }

    /** No message will follow. */
    synchronized void complete() {
        complete = true;
        release();
    }

    /**
     * This response carries the stream from the next message on.
     *
     * @param priming whether the client gets an id at once, so that it can resume before there is a message
     */
    synchronized void read(Reader next, boolean priming) {
        release();
        if (priming) {
            next.event(StreamEvent.priming(eventId(last)));
        }
        attach(next);
    }

    /**
     * This response carries the stream from the message after {@code seen} on.
     *
     * @return false, and nothing changes, if a message in between is not kept any more
     */
    synchronized boolean resume(int seen, Reader next) {
        if (seen < 0 || seen > last) {
            return false;
        }
        List<StreamEvent> missed = new ArrayList<>();
        for (int number = seen + 1; number <= last; number++) {
            Optional<String> message = store.find(eventId(number));
            if (message.isEmpty()) {
                return false;
            }
            missed.add(StreamEvent.message(eventId(number), message.get()));
        }
        release();
        missed.forEach(next::event);
        attach(next);
        return true;
    }

    boolean isReadBy(Reader one) {
        return reader.get() == one;
    }

    /** The response no longer carries the stream, for example because its client has disconnected. */
    void leave(Reader former) {
        reader.compareAndSet(former, null);
    }

    /** The session has ended: no client can resume. Takes no lock, because connections call it where they close. */
    void forget() {
        for (int number = 1; number <= last; number++) {
            store.remove(eventId(number));
        }
    }

    private void attach(Reader next) {
        if (complete) {
            next.end();
        } else {
            reader.set(next);
        }
    }

    private void release() {
        Reader former = reader.getAndSet(null);
        if (former != null) {
            former.end();
        }
    }

    private String eventId(int number) {
        return id + "-" + number;
    }
}
