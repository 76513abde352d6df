package io.mcpdata.background;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Container threads reserved for one kind of work, returned when they are idle. The container's executors are not used
 * for work that waits for databases: WildFly's have two threads per processor, so a few slow queries would block
 * answers, heartbeats and the end of every stream; Payara's would start a thread for each of a thousand calls.
 * Thread-safe.
 */
public final class BoundedExecutor implements Executor, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor pool;
    private final Executor orRefused;

    /**
     * @param running how many tasks run at once
     * @param waiting how many more may wait for a thread
     * @param threads the container's
     */
    public BoundedExecutor(int running, int waiting, ThreadFactory threads) {
        this(running, running, new LinkedBlockingQueue<>(waiting), threads);
    }

    private BoundedExecutor(int kept, int running, BlockingQueue<Runnable> queue, ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                kept, running, IDLE.toSeconds(), TimeUnit.SECONDS, queue, ThreadRefusals.threads(threads));
        pool.allowCoreThreadTimeOut(kept > 0);
        orRefused = ThreadRefusals.executor(pool);
    }

    /** For work that has already waited elsewhere: it runs now or is rejected. */
    public static BoundedExecutor withoutWaiting(int running, ThreadFactory threads) {
        return new BoundedExecutor(0, running, new SynchronousQueue<>(), threads);
    }

    /** The same threads; {@link RejectedExecutionException} if the container gives none. */
    public static ThreadFactory orRefused(ThreadFactory threads) {
        return ThreadRefusals.threads(threads);
    }

    /** @throws RejectedExecutionException if too many are waiting, or the server gives no thread; the task never runs then */
    @Override
    public void execute(Runnable task) {
        orRefused.execute(task);
    }

    /** Interrupts running tasks and drops queued ones. Does not block. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** Takes no more tasks and lets those that it has finish, for a limited time; interrupts none. */
    public void finish(Duration atMost) {
        pool.shutdown();
        awaitEnd(atMost);
    }

    /**
     * After {@link #close}: waits until the interrupted tasks have ended or the time is over; true if they have ended.
     */
    public boolean awaitEnd(Duration atMost) {
        try {
            return pool.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
