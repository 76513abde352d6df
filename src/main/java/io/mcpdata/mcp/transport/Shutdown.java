package io.mcpdata.mcp.transport;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * The end of the application: nothing new begins, running calls get time to finish, streams are told to come back and
 * closed. Every wait has a bound. Thread-safe.
 */
final class Shutdown {

    private static final long POLL_MILLIS = 20;
    private static final int FIRST_RETRY_MILLIS = 1_000;
    private static final int LAST_RETRY_MILLIS = 5_000;

    private final McpSessions sessions;
    private final CallRunner calls;
    private final Duration forCalls;
    private final Duration forStreams;

    private volatile boolean begun;

    /**
     * @param forCalls how long running calls may go on
     * @param forStreams how long clients get to read what is queued for them
     */
    Shutdown(McpSessions sessions, CallRunner calls, Duration forCalls, Duration forStreams) {
        this.sessions = sessions;
        this.calls = calls;
        this.forCalls = forCalls;
        this.forStreams = forStreams;
    }

    /** Whether nothing new may begin. */
    boolean hasBegun() {
        return begun;
    }

    /** Blocks until everything is closed or its time is over. The second time does nothing. */
    void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
        }
        await(forCalls, () -> calls.running() == 0);
        Collection<McpSession> open = sessions.all();
        for (McpSession session : open) {
            session.stream().endWith(StreamEvent.comeBackIn(retry()), CloseReason.SHUTDOWN);
        }
        await(forStreams, () -> sessions.openStreams() == 0);
        sessions.all().forEach(session -> session.stream().close(CloseReason.SHUTDOWN));
    }

    /** Spread out, so that the clients do not all come back in the same moment. */
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
