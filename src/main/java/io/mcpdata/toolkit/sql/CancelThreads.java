package io.mcpdata.toolkit.sql;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the container's for requests to end a statement, given back when idle. A driver sends such a request over a
 * connection of its own, and waits for a database that hangs. Thread-safe.
 */
final class CancelThreads implements Executor, AutoCloseable {

    /** As many as there are calls at once. */
    private static final int THREADS = 64;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor pool;

    CancelThreads(ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if the application ends */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (IllegalStateException e) {
            // how servers say that the application is on its way out
            throw new RejectedExecutionException(e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
