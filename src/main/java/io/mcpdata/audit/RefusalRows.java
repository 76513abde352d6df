package io.mcpdata.audit;

import io.github.bucket4j.Bucket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes audit rows for refusals that cost their sender nothing. The first refusals of one caller for one reason have a
 * row each, written before the answer. Refusals that come faster are counted, and {@link #report} writes one row per
 * caller and reason, so that many refusals fill neither the store nor the log. Thread-safe.
 */
public final class RefusalRows implements SummedRows {

    /** For one caller and one reason: so many rows at once, and as many again within a minute. */
    static final int ROWS_OF_CALLER = 20;

    private static final Logger LOG = System.getLogger(RefusalRows.class.getName());
    private static final int ROWS_AT_ONCE = 200;
    private static final int ROWS_PER_SECOND = 20;

    private final AuditLog audit;
    private final Clock clock;
    private final RefusalSums sums = new RefusalSums();
    private final RateLimits<RefusalSums.Reason> rowsOfCallers = new RateLimits<>(System::nanoTime);
    private final Bucket rowsOfAll = Bucket.builder()
            .addLimit(limit -> limit.capacity(ROWS_AT_ONCE).refillGreedy(ROWS_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    public RefusalRows(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** The request is refused whether or not the row can be written. */
    public void add(AuditEvent refusal) {
        boolean tooMany = rowsOfCallers
                .take(RefusalSums.Reason.of(refusal), ROWS_OF_CALLER)
                .isPresent();
        if (tooMany || !rowsOfAll.tryConsume(1)) {
            sums.add(refusal);
            return;
        }
        try {
            audit.record(refusal);
        } catch (AuditUnavailableException e) {
            sums.add(refusal);
            LOG.log(Level.DEBUG, "a refused request has no audit row yet; the next sum of refusals counts it", e);
        }
    }

    /**
     * Writes one row for each caller and reason counted since the last report.
     *
     * @throws AuditUnavailableException if a row cannot be kept; what has no row yet stays counted
     */
    @Override
    public void report() {
        sums.take(sum -> audit.record(sum.row(clock.instant())));
    }
}
