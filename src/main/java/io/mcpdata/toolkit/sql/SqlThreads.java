package io.mcpdata.toolkit.sql;

import io.mcpdata.background.BoundedExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Threads for what databases may hold as long as they like, each kind apart, so that none waits for another. Thread-safe.
 *
 * @param using run what uses a connection
 * @param cancelling send requests to end a statement: a driver does so over a connection of its own
 * @param aborting give up connections
 */
record SqlThreads(BoundedExecutor using, BoundedExecutor cancelling, BoundedExecutor aborting)
        implements AutoCloseable {

    /** As many as there are calls at once, and as many more uses of connections that hang and nobody waits for. */
    private static final int USES = 256;

    /** As many as there are calls at once, each of which asks once at a time. */
    private static final int REQUESTS = 64;

    /** As many as there are uses: each that is given up gets its time to end by itself, and waits for no other's. */
    private static final int ABORTS = USES;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    static SqlThreads of(ThreadFactory threads) {
        return new SqlThreads(
                BoundedExecutor.withoutWaiting(USES, threads),
                new BoundedExecutor(REQUESTS, Integer.MAX_VALUE, threads),
                new BoundedExecutor(ABORTS, Integer.MAX_VALUE, threads));
    }

    /**
     * The end of the application: what has been given up and hangs loses its connection now, and gets a moment to give it
     * back, because a server waits for it longer than it may take to end.
     */
    @Override
    public void close() {
        using.close();
        cancelling.close();
        aborting.close();
        using.awaitEnd(A_MOMENT);
    }
}
