package io.mcpdata.toolkit.sql;

import io.mcpdata.background.BoundedExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that databases may block for any time, separate for each kind of task, so that no kind waits for another.
 * Thread-safe.
 *
 * @param cancelling send requests to end a statement; a driver uses a connection of its own for that
 * @param aborting abort connections
 */
record SqlThreads(BoundedExecutor cancelling, BoundedExecutor aborting) implements AutoCloseable {

    /** As many as there are calls at once; each sends one request at a time. */
    private static final int REQUESTS = 128;

    static SqlThreads of(ThreadFactory threads) {
        return new SqlThreads(
                new BoundedExecutor(REQUESTS, Integer.MAX_VALUE, threads),
                new BoundedExecutor(REQUESTS, Integer.MAX_VALUE, threads));
    }

    @Override
    public void close() {
        cancelling.close();
        aborting.close();
    }
}
