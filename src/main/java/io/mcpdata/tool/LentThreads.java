package io.mcpdata.tool;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the container's for one kind of work alone, given back when they are idle. The container's executors would
 * not do for work that waits for databases: WildFly's have two threads for each processor, so that a handful of slow
 * queries would take every stream its answers, its heartbeats and its end; Payara's would start a thread for each of a
 * thousand calls. Thread-safe.
 */
public final class LentThreads implements Executor, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor pool;

    /**
     * @param running how many tasks run at once
     * @param waiting how many more may wait for a thread
     * @param threads the container's
     */
    public LentThreads(int running, int waiting, ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                running, running, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if too many are waiting, or the server gives no thread */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (IllegalStateException e) {
            // how servers say that the application is on its way out
            throw new RejectedExecutionException(e);
        }
    }

    /** Interrupts what still runs and forgets what waits; blocks nobody. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
