package io.mcpdata.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store whether it answers, on a thread of its own, so that a caller does not hang with the store. All callers
 * share one question at a time: a store that hangs blocks one thread. Thread-safe.
 */
final class StoreProbe {

    private final BooleanSupplier question;
    private final Executor threads;
    private final Duration patience;
    private @Nullable CompletableFuture<Boolean> asked;

    /** @param question may block for any time; throws nothing */
    StoreProbe(BooleanSupplier question, Executor threads, Duration patience) {
        this.question = question;
        this.threads = threads;
        this.patience = patience;
    }

    /** False also if there is no answer in time, or no thread to ask with. */
    boolean answers() {
        try {
            return ask().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> ask() {
        CompletableFuture<Boolean> running = asked;
        if (running == null || running.isDone()) {
            running = CompletableFuture.supplyAsync(question::getAsBoolean, threads);
            asked = running;
        }
        return running;
    }
}
