package io.mcpdata.mcp.streamable;

import io.mcpdata.background.CallerCounts;
import io.mcpdata.mcp.stream.StreamEvent;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP response to one request that was posted. It is JSON if the JSON-RPC response is the first message and comes
 * soon; otherwise it becomes an event stream. So a fast call costs one small response, and a slow one keeps its
 * connection alive, can report progress, and shows a client that has disconnected. A short response that comes at once
 * is sent by the request's own thread, which waits for it in {@link #serve}: that costs less than another thread.
 * Thread-safe.
 */
final class PostAnswer {

    /** A client that waits for longer gets an event stream. */
    static final Duration STREAM_AFTER = Duration.ofSeconds(1);

    /** A client that has disconnected is noticed by the second write after that. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final MediaType EVENTS = new MediaType("text", "event-stream", "utf-8");
    private static final int CAPACITY = 1_000;

    /** A longer response is not written by the thread of a call, because a client that does not read blocks it. */
    private static final int SHORT = 16_384;

    /**
     * What answers share.
     *
     * @param executor writes streams and long responses, each as long as its client takes; rejects what it cannot run at
     *     once
     * @param unread the answers that the executor writes, by caller
     * @param waiting a permit for each request whose own thread may wait for its response, so that slow calls do not take
     *     all threads of a server
     * @param atOnce how long it waits
     */
    record Writers(Executor executor, CallerCounts unread, Semaphore waiting, Duration atOnce) {}

    /**
     * The HTTP response.
     *
     * @param flush sends what is written to the client; on Open Liberty the stream of a {@code StreamingOutput} does not
     */
    record Channel(AsyncResponse response, Flushable flush) {}

    /**
     * What the owner of an answer is told.
     *
     * @param slow the client has waited for {@link #STREAM_AFTER}
     * @param disconnected the client of an event stream has disconnected before its end
     * @param complete the HTTP response is complete, or its client is gone
     */
    record Events(Runnable slow, Runnable disconnected, Runnable complete) {}

    private final AsyncResponse response;
    private final Flushable flush;
    private final Writers writers;
    private final String identity;
    private final int mostUnread;

    /** Empty for the end of the stream. */
    private final BlockingQueue<Optional<StreamEvent>> events = new LinkedBlockingQueue<>(CAPACITY);

    private Events owner = new Events(() -> {}, () -> {}, () -> {});
    private String sessionId = "";

    /** Nanoseconds; 0 if the answer comes at once. */
    private long awaitedSince;

    /** Sent by the request's own thread. */
    private @Nullable Response ready;

    private boolean mayStream;
    private boolean served;
    private boolean begun;
    private boolean written;
    private boolean ended;

    /** @param mostUnread answers of the caller that may be written by threads of their own at once */
    PostAnswer(Channel channel, Writers writers, String identity, int mostUnread) {
        this.response = channel.response();
        this.flush = channel.flush();
        this.writers = writers;
        this.identity = identity;
        this.mostUnread = mostUnread;
    }

    /** The response tells the client the id of its new session. */
    synchronized void withSession(String id) {
        sessionId = id;
    }

    /** The answer may come later. */
    synchronized void await(Events told, boolean streamWhenSlow) {
        owner = told;
        awaitedSince = System.nanoTime();
        mayStream = streamWhenSlow;
    }

    /** The last step of the request's own thread: sends the response if it is ready or comes at once. */
    void serve() {
        Optional<Response> whole = readyAtOnce();
        if (whole.isPresent()) {
            complete(whole.get());
        }
    }

    private synchronized Optional<Response> readyAtOnce() {
        if (!begun && writers.waiting().tryAcquire()) {
            try {
                awaitBeginning(System.nanoTime() + writers.atOnce().toNanos());
            } finally {
                writers.waiting().release();
            }
        }
        served = true;
        if (!begun && mayStream) {
            try {
                Runnable slow = owner.slow();
                response.setTimeoutHandler(waiting -> slow.run());
                response.setTimeout(STREAM_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException serverHasNoTimer) {
                // the answer is JSON then, however long it takes
            }
        }
        return Optional.ofNullable(ready);
    }

    private synchronized void awaitBeginning(long until) {
        try {
            for (long left = until - System.nanoTime(); !begun && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException serverEnds) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Becomes an event stream.
     *
     * @return false, and the answer will be JSON, if the response has begun or there is no thread for the stream
     */
    synchronized boolean beginStream() {
        if (begun || !writers.unread().begin(identity, mostUnread)) {
            return false;
        }
        begun = true;
        try {
            writers.executor().execute(this::stream);
            notifyAll();
            return true;
        } catch (RuntimeException | Error e) {
            begun = false;
            writers.unread().end(identity);
            if (e instanceof RejectedExecutionException) {
                return false;
            }
            throw e;
        }
    }

    /** The response is this JSON; false, and nothing happens, if it is an event stream or complete. */
    boolean json(int status, String json) {
        boolean isShort = json.length() <= SHORT;
        Response whole;
        synchronized (this) {
            if (begun) {
                return false;
            }
            begun = true;
            ended = true;
            whole = head(Response.status(status))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .entity(json)
                    .build();
            notifyAll();
            if (isShort && !served) {
                ready = whole;
                return true;
            }
        }
        if (isShort && !isLate()) {
            complete(whole);
        } else {
            completeApart(whole);
        }
        return true;
    }

    /** Sends an event on the stream. If the client reads too slowly, earlier ones are dropped: the last is the response. */
    synchronized void event(StreamEvent event) {
        if (begun && !ended) {
            while (!events.offer(Optional.of(event))) {
                events.poll();
            }
        }
    }

    /** Ends the stream after what is queued. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        // the writer looks at the flag as well, so a full queue delays the end by one heartbeat at most
        events.offer(Optional.empty());
    }

    /** The thread of the call is not blocked by a client that does not read, unless that client does so often. */
    private void completeApart(Response whole) {
        if (!writers.unread().begin(identity, mostUnread)) {
            complete(whole);
            return;
        }
        try {
            writers.executor().execute(() -> {
                try {
                    complete(whole);
                } finally {
                    writers.unread().end(identity);
                }
            });
        } catch (RejectedExecutionException e) {
            writers.unread().end(identity);
            complete(whole);
        }
    }

    /** The thread that answers late may be one that answers for many callers. */
    private synchronized boolean isLate() {
        return awaitedSince != 0 && System.nanoTime() - awaitedSince > STREAM_AFTER.toNanos();
    }

    private void complete(Response whole) {
        try {
            response.resume(whole);
        } finally {
            owner().complete().run();
        }
    }

    private void stream() {
        try {
            response.resume(head(Response.ok((StreamingOutput) this::write, EVENTS))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store, no-cache")
                    .header("X-Accel-Buffering", "no")
                    .build());
        } finally {
            writers.unread().end(identity);
            boolean gone;
            synchronized (this) {
                gone = !written;
                ended = true;
            }
            events.clear();
            if (gone) {
                owner().disconnected().run();
            }
            owner().complete().run();
        }
    }

    /** Blocks its thread as long as the stream is open. */
    private void write(OutputStream out) {
        try {
            // the head of the response goes out with this
            send(out, ": the answer follows\n\n");
            while (!isDrained()) {
                @Nullable Optional<StreamEvent> next = events.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    send(out, ": keep-alive\n\n");
                } else if (next.isPresent()) {
                    send(out, next.get().text());
                }
            }
            synchronized (this) {
                written = true;
            }
        } catch (IOException clientHasLeft) {
            // stream() reports it
        } catch (InterruptedException serverEnds) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isDrained() {
        return ended && events.isEmpty();
    }

    private synchronized Events owner() {
        return owner;
    }

    private synchronized Response.ResponseBuilder head(Response.ResponseBuilder builder) {
        return sessionId.isEmpty() ? builder : builder.header(PostRequest.SESSION_ID, sessionId);
    }

    private void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        flush.flush();
    }
}
