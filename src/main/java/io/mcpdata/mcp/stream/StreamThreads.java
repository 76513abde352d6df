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
 * Threads of the container's that write to streams and close them. On Payara and Open Liberty a client that does not read
 * keeps the thread that writes to it, and the one that closes its stream, for up to a minute. So every thread that has
 * been kept for more than a moment is made up for by another one, and those who read go on. The container's executors
 * would not do: WildFly's and Liberty's also serve requests, and Payara's refuses whatever comes while two hundred are
 * kept, where the stream refused is anybody's. Thread-safe.
 */
public final class StreamThreads implements Executor, AutoCloseable {

    /** Enough for any number of clients that read: nobody's turn is long. */
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

    /** @throws RejectedExecutionException if the server gives no thread, or after the end; the task never runs then */
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

    /** Makes up for the threads that are kept now, to be called every second; throws nothing. */
    public void makeUp() {
        long now = nanos.getAsLong();
        long kept = begun.values().stream()
                .filter(since -> now - since > A_MOMENT.toNanos())
                .count();
        int wanted = (int) Math.min(MOST, AT_ONCE + kept);
        try {
            // a pool never keeps more than it may have
            if (wanted > pool.getMaximumPoolSize()) {
                pool.setMaximumPoolSize(wanted);
                pool.setCorePoolSize(wanted);
            } else {
                pool.setCorePoolSize(wanted);
                pool.setMaximumPoolSize(wanted);
            }
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // no thread to be had right now: what waits is served by those there are, and the next second tries again
            return;
        }
    }

    /** Lets everything that waits run to its end, and takes nothing more; blocks nobody. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
