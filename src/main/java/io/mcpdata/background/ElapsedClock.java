package io.mcpdata.background;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Counts from the time of its creation and ignores later changes of the system clock: for time spans such as idle times
 * and heartbeats. Dates, such as the end of a key, need {@link Clock#systemUTC()}. Thread-safe.
 */
public final class ElapsedClock extends Clock {

    private final Instant begin = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same clock: spans have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
