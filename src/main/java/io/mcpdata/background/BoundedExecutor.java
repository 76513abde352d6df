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
 * Threads of the container's for one kind of work alone, given back when they are idle. The container's executors would
 * not do for work that waits for databases: WildFly's have two threads for each processor, so that a handful of slow
 * queries would take every stream its answers, its heartbeats and its end; Payara's would start a thread for each of a
 * thousand calls. Thread-safe.
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

    /** For work that has been waited for already: it runs now or is refused. */
    public static BoundedExecutor withoutWaiting(int running, ThreadFactory threads) {
        return new BoundedExecutor(0, running, new SynchronousQueue<>(), threads);
    }

    /** The same threads, and a {@link RejectedExecutionException} where the container gives none. */
    public static ThreadFactory orRefused(ThreadFactory threads) {
        return ThreadRefusals.threads(threads);
    }

    /** @throws RejectedExecutionException if too many are waiting, or the server gives no thread; the task never runs then */
    @Override
    public void execute(Runnable task) {
        orRefused.execute(task);
    }

    /** Interrupts what still runs and forgets what waits; blocks nobody. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** After {@link #close}: waits until what was interrupted has ended, or its time is over; whether it has. */
    public boolean awaitEnd(Duration atMost) {
        try {
            return pool.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
