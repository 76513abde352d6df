package io.mcpdata.toolkit.sql;

import io.mcpdata.background.BoundedExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that databases may block for any time, separate for each kind of task, so that no kind waits for another.
 * Thread-safe.
 *
 * @param using run the code that uses a connection
 * @param cancelling send requests to end a statement; a driver uses a connection of its own for that
 * @param aborting abort connections
 */
record SqlThreads(BoundedExecutor using, BoundedExecutor cancelling, BoundedExecutor aborting)
        implements AutoCloseable {

    /** As many as there are calls at once, plus as many abandoned uses that still hang. */
    private static final int USES = 256;

    /** As many as there are calls at once; each sends one request at a time. */
    private static final int REQUESTS = 64;

    /** As many as there are uses: each abandoned use gets its time to end, without waiting for another one. */
    private static final int ABORTS = USES;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    static SqlThreads of(ThreadFactory threads) {
        return new SqlThreads(
                BoundedExecutor.withoutWaiting(USES, threads),
                new BoundedExecutor(REQUESTS, Integer.MAX_VALUE, threads),
                new BoundedExecutor(ABORTS, Integer.MAX_VALUE, threads));
    }

    /**
     * At the end of the application: abandoned uses that hang lose their connection now, and get a moment to return it,
     * because the server would wait longer for them than it has time to stop.
     */
    @Override
    public void close() {
        using.close();
        cancelling.close();
        aborting.close();
        using.awaitEnd(A_MOMENT);
    }
}
