package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.stream.OutboundBudget;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP response to one request that was posted. It is JSON if the JSON-RPC response is the first message and comes
 * soon; otherwise it becomes an event stream. So a fast call costs one small response, and a slow one keeps its
 * connection alive, can report progress, and shows a client that has disconnected. Thread-safe.
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
     * @param executor writes responses; must never run a task that it rejected
     */
    record Writers(Executor executor, OutboundBudget budget) {}

    /**
     * The HTTP response.
     *
     * @param flush sends what is written to the client; on Open Liberty the stream of a {@code StreamingOutput} does not
     */
    record Channel(AsyncResponse response, Flushable flush) {}

    private final AsyncResponse response;
    private final Flushable flush;
    private final Writers writers;
    private final String identity;

    /** Empty for the end of the stream. */
    private final BlockingQueue<Optional<StreamEvent>> events = new LinkedBlockingQueue<>(CAPACITY);

    private String sessionId = "";
    private Runnable onDisconnect = () -> {};
    private boolean begun;
    private boolean streaming;
    private boolean ended;

    /** @param identity the caller whose budget waiting events take */
    PostAnswer(Channel channel, Writers writers, String identity) {
        this.response = channel.response();
        this.flush = channel.flush();
        this.writers = writers;
        this.identity = identity;
    }

    /** The response tells the client the id of its new session. */
    synchronized void withSession(String id) {
        sessionId = id;
    }

    /**
     * Calls {@code begin} if the client has waited for long.
     *
     * @param disconnected called once if the client of an event stream disconnects before its end
     */
    void streamWhenSlow(Runnable begin, Runnable disconnected) {
        synchronized (this) {
            onDisconnect = disconnected;
        }
        response.setTimeoutHandler(waiting -> begin.run());
        response.setTimeout(STREAM_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** False if the response is JSON, or is complete. */
    synchronized boolean isStreaming() {
        return streaming && !ended;
    }

    /** Becomes an event stream, unless the response has begun. */
    void beginStream() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            streaming = true;
        }
        try {
            writers.executor()
                    .execute(() -> response.resume(head(Response.ok((StreamingOutput) this::write, EVENTS))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store, no-cache")
                            .header("X-Accel-Buffering", "no")
                            .build()));
        } catch (RejectedExecutionException e) {
            end();
            disconnected();
            response.resume(Response.status(503).build());
        }
    }

    /** The response is this JSON; false, and nothing happens, if it is an event stream or complete. */
    boolean json(int status, String json) {
        synchronized (this) {
            if (begun) {
                return false;
            }
            begun = true;
            ended = true;
        }
        Response whole = head(Response.status(status))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(json)
                .build();
        if (json.length() <= SHORT || !writers.budget().take(identity, json.length())) {
            response.resume(whole);
            return true;
        }
        Runnable write = () -> {
            try {
                response.resume(whole);
            } finally {
                writers.budget().give(identity, json.length());
            }
        };
        try {
            writers.executor().execute(write);
        } catch (RejectedExecutionException e) {
            write.run();
        }
        return true;
    }

    /** The response has no body; nothing happens if it is an event stream or complete. */
    void empty(int status) {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            ended = true;
        }
        response.resume(head(Response.status(status))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }

    /** Sends an event on the stream. A client that reads too slowly is disconnected. */
    void event(StreamEvent event) {
        boolean fits;
        synchronized (this) {
            if (!streaming || ended) {
                return;
            }
            fits = writers.budget().take(identity, event.data().length());
            if (fits && !events.offer(Optional.of(event))) {
                writers.budget().give(identity, event.data().length());
                fits = false;
            }
        }
        if (!fits) {
            end();
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
        // the reader looks at the flag as well, so a full queue delays the end by one heartbeat at most
        events.offer(Optional.empty());
    }

    private Response.ResponseBuilder head(Response.ResponseBuilder builder) {
        synchronized (this) {
            return sessionId.isEmpty() ? builder : builder.header("Mcp-Session-Id", sessionId);
        }
    }

    /** Blocks its thread as long as the stream is open. */
    private void write(OutputStream out) {
        boolean complete = false;
        try {
            // the head of the response goes out with this
            send(out, ": the answer follows\n\n");
            while (!isDrained()) {
                @Nullable Optional<StreamEvent> next = events.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    send(out, ": keep-alive\n\n");
                } else if (next.isPresent()) {
                    giveBack(next.get());
                    send(out, text(next.get()));
                }
            }
            complete = true;
        } catch (IOException clientHasLeft) {
            // answered below
        } catch (InterruptedException serverEnds) {
            Thread.currentThread().interrupt();
        } finally {
            end();
            List<Optional<StreamEvent>> left = new ArrayList<>();
            events.drainTo(left);
            left.forEach(event -> event.ifPresent(this::giveBack));
            if (!complete) {
                disconnected();
            }
        }
    }

    private synchronized boolean isDrained() {
        return ended && events.isEmpty();
    }

    private void giveBack(StreamEvent event) {
        writers.budget().give(identity, event.data().length());
    }

    private void disconnected() {
        Runnable told;
        synchronized (this) {
            told = onDisconnect;
        }
        told.run();
    }

    private void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        flush.flush();
    }

    /** JSON-RPC messages are one line each. */
    private static String text(StreamEvent event) {
        return "event: " + event.name() + "\n" + (event.id().isEmpty() ? "" : "id: " + event.id() + "\n")
                + (event.retry().isZero() ? "" : "retry: " + event.retry().toMillis() + "\n") + "data: "
                + event.data() + "\n\n";
    }
}
