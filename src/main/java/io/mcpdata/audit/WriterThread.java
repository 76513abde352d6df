package io.mcpdata.audit;

import io.mcpdata.background.ThreadRefusals;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread of the container's for whoever writes audit rows, given back when it is idle. The container's executor
 * would not do: its threads run the calls that wait for their rows, and when all of them wait there is none to write.
 * Thread-safe.
 */
final class WriterThread implements Executor, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LAST_ROWS = Duration.ofSeconds(5);

    private final ThreadPoolExecutor thread;

    WriterThread(ThreadFactory threads) {
        thread = new ThreadPoolExecutor(
                1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ThreadRefusals.threads(threads));
        thread.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException when closed, or the server gives no thread */
    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /** Lets what is being written come to its end, for a bounded time. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_ROWS.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
