package io.mcpdata.mcp.transport;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the container's for tool calls alone, given back when they are idle. The container's executor would not
 * do: WildFly's has two threads for each processor, so that a handful of slow queries would take every stream its
 * answers, its heartbeats and its end; Payara's would start a thread for each of a thousand calls. Thread-safe.
 */
final class CallThreads implements Executor, AutoCloseable {

    private static final int THREADS = 64;
    private static final int WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor pool;

    CallThreads(ThreadFactory threads) {
        this(THREADS, WAITING, threads);
    }

    /**
     * @param running how many calls run at once
     * @param waiting how many more may wait for a thread
     */
    CallThreads(int running, int waiting, ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                running, running, IDLE.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), threads);
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
