package io.mcpdata.mcp.session;

import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.mcp.stream.StreamThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the sessions looked after every second, from the first stream on, on a thread of the container's for this alone.
 * The container's scheduler would not do: its threads also run what waits for databases, WildFly's has two for each
 * processor, and a revoked key must close its streams however many databases hang. Thread-safe.
 */
public final class WatchSchedule {

    /** Between two looks. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private final ThreadFactory threads;
    private final Runnable look;
    private final Duration pause;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable Future<?> looks;
    private boolean stopped;

    /** @param streams made up for first, so that what the watch then sends does not wait */
    WatchSchedule(ThreadFactory threads, StreamThreads streams, SessionWatch watch) {
        this(
                threads,
                () -> {
                    streams.makeUp();
                    watch.look();
                },
                PAUSE);
    }

    /** @param look should not throw: it would not be run again before the next stream opens */
    WatchSchedule(ThreadFactory threads, Runnable look, Duration pause) {
        this.threads = BoundedExecutor.orRefused(threads);
        this.look = look;
        this.pause = pause;
    }

    /**
     * To be called before a stream opens: a stream nobody looks after could outlive its credential. Looks that have ended,
     * as when there was no memory left for one, begin again.
     *
     * @throws RejectedExecutionException if there is no thread to look; the next call tries again
     */
    public synchronized void ensureRunning() {
        if (stopped || (looks != null && !looks.isDone())) {
            return;
        }
        if (thread == null) {
            thread = new ScheduledThreadPoolExecutor(1, threads);
        }
        try {
            // before anything is queued, which would stay there if no thread began
            thread.prestartCoreThread();
        } catch (OutOfMemoryError e) {
            // how the JVM says that the system lets no more threads begin
            throw new RejectedExecutionException(e);
        }
        looks = thread.scheduleWithFixedDelay(look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
