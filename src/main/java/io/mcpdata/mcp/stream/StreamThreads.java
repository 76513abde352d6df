package io.mcpdata.mcp.stream;

import io.mcpdata.background.ThreadRefusals;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The container's threads that write to streams and close them. On Payara and Open Liberty a client that does not read
 * blocks the thread that writes to its stream, and the thread that closes it, for up to a minute. So the pool adds a
 * thread for every one that has been blocked for more than a moment, and clients that read are still served. The
 * container's executors are not used: WildFly's and Liberty's also serve requests, and Payara's rejects every task
 * while two hundred threads are blocked, also those of clients that read. Thread-safe.
 */
public final class StreamThreads implements Executor, AutoCloseable {

    /** Enough for any number of clients that read, because each task is short. */
    public static final int AT_ONCE = 32;

    public static final int MOST = 1_024;

    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor pool;
    private final Executor orRefused;
    private final LongSupplier nanos;
    private final Map<Thread, Long> begun = new ConcurrentHashMap<>();

    /** @param threads the container's */
    StreamThreads(ThreadFactory threads) {
        this(threads, System::nanoTime);
    }

    StreamThreads(ThreadFactory threads, LongSupplier nanos) {
        this.pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                ThreadRefusals.threads(threads));
        this.pool.allowCoreThreadTimeOut(true);
        this.orRefused = ThreadRefusals.executor(pool);
        this.nanos = nanos;
    }

    /**
     * @throws RejectedExecutionException if the server gives no thread, or after {@link #close}; the task never runs
     *     then
     */
    @Override
    public void execute(Runnable task) {
        orRefused.execute(() -> {
            begun.put(Thread.currentThread(), nanos.getAsLong());
            try {
                task.run();
            } finally {
                begun.remove(Thread.currentThread());
            }
        });
    }

    /** How many writes wait for a thread. */
    public int waiting() {
        return pool.getQueue().size();
    }

    /** Adds a thread for every blocked one. Called every second; throws nothing. */
    public void makeUp() {
        long now = nanos.getAsLong();
        long kept = begun.values().stream()
                .filter(since -> now - since > A_MOMENT.toNanos())
                .count();
        int wanted = (int) Math.min(MOST, AT_ONCE + kept);
        try {
            // the core size must not exceed the maximum
            if (wanted > pool.getMaximumPoolSize()) {
                pool.setMaximumPoolSize(wanted);
                pool.setCorePoolSize(wanted);
            } else {
                pool.setCorePoolSize(wanted);
                pool.setMaximumPoolSize(wanted);
            }
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the container gives no thread now: the existing threads serve the queue, and the next second tries again
            return;
        }
    }

    /** Runs every queued task to its end and takes no more. Does not block. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
