package io.mcpdata.audit;

import io.github.bucket4j.Bucket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Audit rows of refusals that cost their sender nothing: so many a second, and the next row says
 * how many more there were, so that a flood of them fills neither the store nor the queue in front of it. Thread-safe.
 */
public final class RefusalRows {

    private static final Logger LOG = System.getLogger(RefusalRows.class.getName());
    private static final int ROWS_AT_ONCE = 200;
    private static final int ROWS_PER_SECOND = 20;

    private final AuditLog audit;
    private final AtomicLong unlisted = new AtomicLong();
    private final Bucket rows = Bucket.builder()
            .addLimit(limit -> limit.capacity(ROWS_AT_ONCE).refillGreedy(ROWS_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    public RefusalRows(AuditLog audit) {
        this.audit = audit;
    }

    /** The request is refused whether or not that can be written down: a store that is down opens no door. */
    public void add(AuditEvent refusal) {
        if (!rows.tryConsume(1)) {
            unlisted.incrementAndGet();
            return;
        }
        long more = unlisted.getAndSet(0);
        try {
            audit.record(
                    more == 0
                            ? refusal
                            : refusal.withCall(refusal.tool(), refusal.connection(), "{\"unlisted\":" + more + "}"));
        } catch (AuditUnavailableException e) {
            unlisted.addAndGet(more + 1);
            LOG.log(Level.DEBUG, "a refused request was not audited", e);
        }
    }
}
