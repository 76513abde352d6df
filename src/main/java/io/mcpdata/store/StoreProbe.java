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
 * Asks a store whether it answers, on a thread of its own, so that whoever wants to know does not hang with it. One
 * question at a time, however many want to know: a store that hangs keeps one thread. Thread-safe.
 */
final class StoreProbe {

    private final BooleanSupplier question;
    private final Executor threads;
    private final Duration patience;
    private @Nullable CompletableFuture<Boolean> asked;

    /** @param question may block for as long as it likes; throws nothing */
    StoreProbe(BooleanSupplier question, Executor threads, Duration patience) {
        this.question = question;
        this.threads = threads;
        this.patience = patience;
    }

    /** False too if there is no answer in time, or no thread to ask with. */
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
