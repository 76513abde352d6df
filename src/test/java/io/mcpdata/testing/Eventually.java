package io.mcpdata.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for an event that happens soon, up to a limit. */
public final class Eventually {

    private Eventually() {}

    /** How long it took; fails if it did not happen in time. */
    public static Duration within(Duration atMost, String what, BooleanSupplier happened) {
        long begin = System.nanoTime();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - begin > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
