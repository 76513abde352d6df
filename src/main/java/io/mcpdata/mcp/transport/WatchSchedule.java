package io.mcpdata.mcp.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Has the sessions looked after every second, from the first stream on. Thread-safe. */
final class WatchSchedule {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ContainerThreads threads;
    private final SessionWatch watch;
    private @Nullable Future<?> running;
    private boolean stopped;

    WatchSchedule(ContainerThreads threads, SessionWatch watch) {
        this.threads = threads;
        this.watch = watch;
    }

    /** To be called before a stream opens: a stream nobody looks after could outlive its credential. */
    synchronized void ensureRunning() {
        if (!stopped && (running == null || running.isDone())) {
            running = threads.every(PAUSE, watch::look);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.cancel(false);
        }
    }
}
