package io.mcpdata.background;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Counts on from the time of its making, also if somebody sets the clock of the machine meanwhile: for spans such as idle times
 * and heartbeats. What has a date, such as the end of a key, needs {@link Clock#systemUTC()}. Thread-safe.
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
