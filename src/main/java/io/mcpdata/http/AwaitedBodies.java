package io.mcpdata.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many threads wait for what clients have not sent yet. Nothing but the server's read timeout ends such a wait, and no
 * server may be stopped before: Open Liberty would wait for a minute then and close nothing, not even the store. So at the
 * end of the application nobody begins to wait, and what is on its way gets a moment to be whole. Thread-safe.
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

    /** The application ends. The second time does nothing. */
    public synchronized void end() {
        if (!ending) {
            ending = true;
            endingSince = nanos.getAsLong();
        }
    }

    public synchronized boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether a body should be whole by now. */
    synchronized boolean areOver() {
        return ending && nanos.getAsLong() - endingSince > FOR_THE_REST.toNanos();
    }

    /** Begins to wait for a body, until {@link #leave}; false if the application ends and nobody should. */
    public synchronized boolean enter() {
        if (ending) {
            return false;
        }
        waiting++;
        return true;
    }

    /** The body is whole, or is not waited for any more. */
    public synchronized void leave() {
        waiting--;
    }
}
