package io.mcpdata.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the threads that wait for the rest of a request's body. Only the server's read timeout ends such a wait, and
 * no server stops before that: Open Liberty would wait for a minute and close nothing, not even the store. So no new
 * wait begins while the application ends, and waiting bodies get a short time to arrive. Thread-safe.
 */
public final class AwaitedBodies {

    /** How long the rest of a body may take to come once the application ends. */
    static final Duration FOR_THE_REST = Duration.ofSeconds(2);

    private static final AwaitedBodies OF_THE_APPLICATION = new AwaitedBodies(System::nanoTime);

    private final LongSupplier nanos;
    private int waiting;
    private boolean ending;
    private long endingSince;

    /** @param nanos a clock such as {@link System#nanoTime()} */
    public AwaitedBodies(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public static AwaitedBodies ofTheApplication() {
        return OF_THE_APPLICATION;
    }

    /** To be called when the application ends. A second call does nothing. */
    public synchronized void end() {
        if (!ending) {
            ending = true;
            endingSince = nanos.getAsLong();
        }
    }

    public synchronized boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether the time for the rest of a body is over. */
    synchronized boolean areOver() {
        return ending && nanos.getAsLong() - endingSince > FOR_THE_REST.toNanos();
    }

    /** Begins to wait for a body, until {@link #release}; false if the application ends and no wait may begin. */
    public synchronized boolean acquire() {
        if (ending) {
            return false;
        }
        waiting++;
        return true;
    }

    /** The body is complete, or its wait is over. */
    public synchronized void release() {
        waiting--;
    }
}
