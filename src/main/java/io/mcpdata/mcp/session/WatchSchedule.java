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
 * Runs the session watch every second, from the first stream on, on a thread used for nothing else. The container's
 * scheduler is not used: its threads also run tasks that wait for databases, WildFly's has two per processor, and a
 * revoked key must close its streams even while databases hang. Thread-safe.
 */
public final class WatchSchedule {

    /** Between two checks. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private final ThreadFactory threads;
    private final Runnable look;
    private final Duration pause;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable Future<?> looks;
    private boolean stopped;

    /** @param streams its blocked threads are replaced first, so that the watch's events do not wait */
    WatchSchedule(ThreadFactory threads, StreamThreads streams, SessionWatch watch) {
        this(
                threads,
                () -> {
                    streams.makeUp();
                    watch.look();
                },
                PAUSE);
    }

    /** @param look should not throw: the executor would not run it again before the next stream opens */
    WatchSchedule(ThreadFactory threads, Runnable look, Duration pause) {
        this.threads = BoundedExecutor.orRefused(threads);
        this.look = look;
        this.pause = pause;
    }

    /**
     * Must be called before a stream opens: a stream that is not watched could outlive its credential. Starts the watch
     * again if it has stopped, for example because memory ran out.
     *
     * @throws RejectedExecutionException if there is no thread for the watch; the next call tries again
     */
    public synchronized void ensureRunning() {
        if (stopped || (looks != null && !looks.isDone())) {
            return;
        }
        if (thread == null) {
            thread = new ScheduledThreadPoolExecutor(1, threads);
        }
        try {
            // before anything is queued: without a thread, the task would stay in the queue
            thread.prestartCoreThread();
        } catch (OutOfMemoryError e) {
            // the JVM throws this when the operating system allows no more threads
            throw new RejectedExecutionException(e);
        }
        looks = thread.scheduleWithFixedDelay(look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Checks once more without waiting for the next second, because lists may have changed. */
    public synchronized void lookNow() {
        if (thread != null && !stopped) {
            thread.execute(look);
        }
    }

    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
