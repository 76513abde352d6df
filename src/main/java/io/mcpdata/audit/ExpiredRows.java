package io.mcpdata.audit;

import io.mcpdata.store.PlatformStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Deletes expired rows in small batches, so that no writer waits for long. Thread-safe. */
final class ExpiredRows {

    /** Uses the index of the times, oldest first. H2 takes seconds for the same rows by {@code id IN (SELECT ...)}. */
    private static final String DELETE =
            "DELETE FROM audit_event WHERE occurred_at < :before FETCH FIRST :batch ROWS ONLY";

    private final PlatformStore store;
    private final Clock clock;
    private final int batch;

    /** @param batch how many rows one transaction deletes */
    ExpiredRows(PlatformStore store, Clock clock, int batch) {
        this.store = store;
        this.clock = clock;
        this.batch = batch;
    }

    /**
     * The result of a run.
     *
     * @param complete whether no expired row is left
     */
    record Deleted(Instant before, long rows, boolean complete) {}

    /** Deletes rows older than so many days, until none is left or the time is over. */
    Deleted delete(int retentionDays, Duration atMost) {
        Instant begin = clock.instant();
        Instant before = begin.minus(Duration.ofDays(retentionDays));
        long rows = 0;
        int last;
        do {
            last = store.durably(handle -> handle.createUpdate(DELETE)
                    .bind("batch", batch)
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .execute());
            rows += last;
        } while (last == batch && Duration.between(begin, clock.instant()).compareTo(atMost) < 0);
        return new Deleted(before, rows, last < batch);
    }
}
