package io.mcpdata.background;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns every way in which a container or the JVM refuses a thread into {@link RejectedExecutionException}: null,
 * {@link IllegalStateException} during shutdown, and {@link OutOfMemoryError} when the operating system allows no more
 * threads. The result is as thread-safe as the argument.
 */
public final class ThreadRefusals {

    private ThreadRefusals() {}

    /** The same threads; {@link RejectedExecutionException} if there is none. */
    public static ThreadFactory threads(ThreadFactory threads) {
        return task -> orRefused(() -> threads.newThread(task));
    }

    /**
     * The same executor; {@link RejectedExecutionException} if it takes no task. After any exception the task never
     * runs. A pool whose new thread cannot start may already have queued the task, but the caller then runs the work
     * itself or gives it up. Not for executors that run tasks in the calling thread: an exception of the task would
     * look like a refusal.
     */
    public static Executor executor(Executor executor) {
        return task -> {
            AtomicBoolean decided = new AtomicBoolean();
            Runnable unlessRefused = () -> {
                if (decided.compareAndSet(false, true)) {
                    task.run();
                }
            };
            try {
                orRefused(() -> {
                    executor.execute(unlessRefused);
                    return unlessRefused;
                });
            } catch (RuntimeException | Error e) {
                if (decided.compareAndSet(false, true)) {
                    throw e;
                }
                // another thread of the executor has already begun the task
            }
        };
    }

    private static <T> T orRefused(Supplier<@Nullable T> asked) {
        T given;
        try {
            given = asked.get();
        } catch (IllegalStateException | OutOfMemoryError e) {
            throw new RejectedExecutionException(e);
        }
        if (given == null) {
            throw new RejectedExecutionException("the server gives no thread");
        }
        return given;
    }
}
