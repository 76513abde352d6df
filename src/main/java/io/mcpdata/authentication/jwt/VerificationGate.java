package io.mcpdata.authentication.jwt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many signatures are checked at once, so that many forged tokens do not take all processors. Thread-safe.
 */
final class VerificationGate {

    private final Semaphore places;
    private final Duration patience;

    VerificationGate(int places, Duration patience) {
        this.places = new Semaphore(places);
        this.patience = patience;
    }

    /** One place for each processor. */
    static VerificationGate perProcessor() {
        return new VerificationGate(Math.max(2, Runtime.getRuntime().availableProcessors()), Duration.ofMillis(500));
    }

    /** Empty if no place became free in time. */
    <T> Optional<T> within(Supplier<T> work) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            places.release();
        }
    }
}
