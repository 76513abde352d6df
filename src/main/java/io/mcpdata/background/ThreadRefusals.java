package io.mcpdata.background;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What containers and the JVM say in ways of their own, null, {@link IllegalStateException} on the way out and
 * {@link OutOfMemoryError} where the system lets no more threads begin, as one: {@link RejectedExecutionException}. What
 * comes back is as thread-safe as what was given.
 */
public final class ThreadRefusals {

    private ThreadRefusals() {}

    /** The same threads; {@link RejectedExecutionException} where there is none. */
    public static ThreadFactory threads(ThreadFactory threads) {
        return task -> orRefused(() -> threads.newThread(task));
    }

    /**
     * The same executor; {@link RejectedExecutionException} where it takes no task. Whatever it throws, the task is then
     * never run: a pool whose new thread cannot begin may have the task in its queue already, and whoever is refused does
     * the work itself or gives up its place. Not for executors that run tasks in the calling thread: what a task throws is
     * not its own.
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
                // another of its threads has begun with the task meanwhile
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
