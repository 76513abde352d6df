package io.mcpdata.audit;

import io.mcpdata.audit.chain.AuditChain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes expired rows in small batches, so that no writer waits for long. A row that is expired stays as long as a row
 * before it does. Thread-safe.
 */
final class ExpiredRows {

    private final AuditChain chain;
    private final Clock clock;
    private final int batch;

    /** @param batch how many rows one transaction deletes */
    ExpiredRows(AuditChain chain, Clock clock, int batch) {
        this.chain = chain;
        this.clock = clock;
        this.batch = batch;
    }

    /**
     * The result of a run.
     *
     * @param complete whether no expired row is left
     */
    record Deleted(Instant before, long rows, boolean complete) {}

    /** Deletes the oldest rows that are older than so many days, until none is left or the time is over. */
    Deleted delete(int retentionDays, Duration atMost) {
        Instant begin = clock.instant();
        Instant before = begin.minus(Duration.ofDays(retentionDays));
        long rows = 0;
        int last;
        do {
            last = chain.deleteExpired(before, batch);
            rows += last;
        } while (last == batch && Duration.between(begin, clock.instant()).compareTo(atMost) < 0);
        return new Deleted(before, rows, last < batch);
    }
}
