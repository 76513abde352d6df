package io.mcpdata.stdio;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thread on which a bridge runs, and the way it ends. Thread-safe. */
final class BridgeThread {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bridge");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Consumer<CommandFailed> onFailure;

    /** @param onFailure runs on the thread before the bridge ends because of a failure */
    BridgeThread(Consumer<CommandFailed> onFailure) {
        this.onFailure = onFailure;
    }

    void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    void after(Duration wait, Runnable task) {
        try {
            Future<?> unused = executor.schedule(guarded(task), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException over) {
            // the bridge has ended, so the task is not needed
        }
    }

    void every(Duration period, Runnable task) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(int exitCode) {
        exit.complete(exitCode);
    }

    /** Waits for the end and returns the exit code. */
    int await() {
        try {
            return exit.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CommandFailed failed ? failed : e;
        } finally {
            executor.shutdownNow();
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (CommandFailed failure) {
                fail(failure);
            } catch (RuntimeException bug) {
                fail(new CommandFailed("an error of the bridge itself: " + bug));
            }
        };
    }

    private void fail(CommandFailed failure) {
        try {
            onFailure.accept(failure);
        } finally {
            exit.completeExceptionally(failure);
        }
    }
}
