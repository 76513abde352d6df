package io.mcpdata.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Counts clients that close their connection before their request is read or answered. Writes at most one log line a
 * minute, with the number since the line before. Thread-safe.
 */
public final class Disconnects {

    private static final Logger LOG = System.getLogger(Disconnects.class.getName());
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Disconnects OF_THE_APPLICATION = new Disconnects(System::nanoTime);

    private final LongSupplier nanos;
    private long untold;
    private boolean begun;
    private long toldAt;

    /** @param nanos a clock such as {@link System#nanoTime()} */
    Disconnects(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Counts one client that cannot be answered. */
    public static void count() {
        OF_THE_APPLICATION
                .add()
                .ifPresent(many -> LOG.log(
                        Level.INFO,
                        "clients closed their connection before their request was read or answered: " + many));
    }

    /** The number to log now, if a line is due. */
    synchronized OptionalLong add() {
        untold++;
        long now = nanos.getAsLong();
        if (begun && now - toldAt < PAUSE.toNanos()) {
            return OptionalLong.empty();
        }
        OptionalLong many = OptionalLong.of(untold);
        begun = true;
        toldAt = now;
        untold = 0;
        return many;
    }
}
