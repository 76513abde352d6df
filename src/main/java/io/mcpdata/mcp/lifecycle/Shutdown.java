package io.mcpdata.mcp.lifecycle;

import io.mcpdata.http.RequestBodyLimits;
import io.mcpdata.mcp.server.CallRunner;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.stream.CloseReason;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Ends the application: no new work begins, running calls and half-sent messages get time to finish, what still runs is
 * cancelled, and streams tell their clients to reconnect and close. Every wait has a limit. Thread-safe.
 */
public final class Shutdown {

    private static final long POLL_MILLIS = 20;

    /**
     * The server answers 404 or 503 until its port is closed, and a client of an event stream that gets that gives up. The
     * application may need 7 s to end, and no server is back sooner than this.
     */
    private static final int FIRST_RETRY_MILLIS = 8_000;

    private static final int LAST_RETRY_MILLIS = 14_000;

    /**
     * How long each step may take.
     *
     * @param forCalls how long running calls may continue, and how long half-sent messages are awaited
     * @param forCancelled how long calls may take to end after they are cancelled
     * @param forStreams how long clients get to read what is queued for them
     */
    record Patience(Duration forCalls, Duration forCancelled, Duration forStreams) {}

    private final McpSessions sessions;
    private final OpenResponses responses;
    private final CallRunner calls;
    private final RequestBodyLimits halfSent;
    private final Patience patience;

    private volatile boolean begun;

    /** @param halfSent request bodies that clients have begun to send */
    Shutdown(
            McpSessions sessions,
            OpenResponses responses,
            CallRunner calls,
            RequestBodyLimits halfSent,
            Patience patience) {
        this.sessions = sessions;
        this.responses = responses;
        this.calls = calls;
        this.halfSent = halfSent;
        this.patience = patience;
    }

    /** Whether shutdown has begun; no new work may begin then. */
    public boolean hasBegun() {
        return begun;
    }

    /** Blocks until everything is closed or its time is over. The second time does nothing. */
    public void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
        }
        halfSent.end();
        await(patience.forCalls(), () -> noCallRuns() && halfSent.isEmpty());
        calls.cancelAll();
        await(patience.forCancelled(), this::noCallRuns);
        Collection<McpSession> open = sessions.all();
        for (McpSession session : open) {
            session.stream().endWith(retry(), CloseReason.SHUTDOWN);
        }
        await(patience.forStreams(), () -> sessions.open() == 0 && responses.isEmpty());
        responses.abortAll(CloseReason.SHUTDOWN);
        sessions.all().forEach(session -> session.stream().close(CloseReason.SHUTDOWN));
    }

    /** The other servers with this store are told what became of the tasks. */
    void tellTasks() {
        calls.tellTasks();
    }

    private boolean noCallRuns() {
        return calls.running() == 0;
    }

    /** A random delay, so that the clients do not all reconnect at the same moment. */
    private static Duration retry() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(FIRST_RETRY_MILLIS, LAST_RETRY_MILLIS));
    }

    private static void await(Duration atMost, BooleanSupplier done) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
