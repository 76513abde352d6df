package io.mcpdata.http;

import java.io.IOException;
import java.io.InputStream;
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

    /** Whether a body that is not there yet should not be begun. */
    synchronized boolean areEnding() {
        return ending;
    }

    /** Whether a body should be whole by now. */
    synchronized boolean areOver() {
        return ending && nanos.getAsLong() - endingSince > FOR_THE_REST.toNanos();
    }

    /** Reads as the body itself does. */
    public int read(InputStream body, byte[] buffer, int offset, int most) throws IOException {
        count(1);
        try {
            return body.read(buffer, offset, most);
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int more) {
        waiting += more;
    }
}
