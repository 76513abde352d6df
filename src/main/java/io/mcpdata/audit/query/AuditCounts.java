package io.mcpdata.audit.query;

import io.mcpdata.audit.chain.ChainReads;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads rows to count and measure calls: ten thousand a statement, so that no statement takes long and memory holds no
 * more than the durations. Immutable and thread-safe.
 */
public final class AuditCounts {

    /** How many intervals a reader may ask for. */
    public static final int MOST_INTERVALS = 1_500;

    static final int MOST_ROWS = 1_000_000;

    private static final Duration LAST = Duration.ofDays(1);

    private final ChainReads reads;
    private final int mostRows;
    private final int rowsOfStatement;

    public AuditCounts(ChainReads reads) {
        this(reads, MOST_ROWS, AuditSearch.ROWS_OF_STATEMENT);
    }

    /** @param mostRows a multiple of the other number */
    AuditCounts(ChainReads reads, int mostRows, int rowsOfStatement) {
        this.reads = reads;
        this.mostRows = mostRows;
        this.rowsOfStatement = rowsOfStatement;
    }

    /** The same filter with both times: without an end up to now, without a begin for a day. */
    public static AuditFilter bounded(AuditFilter filter, Instant now) {
        Instant until = filter.until().orElse(now);
        return new AuditFilter(
                Optional.of(filter.since().orElse(until.minus(LAST))),
                Optional.of(until),
                filter.values(),
                filter.text());
    }

    /** Whether the times of the filter, which must have both, are too long for this interval. */
    public static boolean hasTooManyIntervals(AuditFilter filter, AuditInterval interval) {
        Duration time =
                Duration.between(filter.since().orElseThrow(), filter.until().orElseThrow());
        return time.dividedBy(interval.length()) > MOST_INTERVALS;
    }

    /**
     * The figures, oldest first; an interval or a group without rows has none.
     *
     * @param longest how long all statements together may take
     * @throws AuditReadRefused if the filter's times have too many rows, there are too many groups or figures, or it takes
     *     too long
     */
    public List<AuditFigures> of(
            AuditFilter filter, AuditInterval interval, Optional<AuditGroup> by, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        long newest = reads.read(AuditSearch::newest);
        AuditTally tally = new AuditTally(interval);
        Optional<AuditPosition> at = Optional.empty();
        int looked = 0;
        do {
            if (System.nanoTime() > end) {
                throw AuditReadRefused.forNow("The store did not count this within " + longest.toSeconds()
                        + " seconds; ask for less time with since and until.");
            }
            Optional<AuditPosition> begin = at;
            boolean all = looked >= mostRows;
            at = reads.read(handle -> {
                AuditSearch.checkSameStore(handle, newest);
                Optional<AuditPosition> last =
                        AuditSearch.lastOfStatement(handle, filter, newest, begin, all ? 1 : rowsOfStatement);
                if (all && last.isPresent()) {
                    throw AuditReadRefused.forGood("since: found more than " + mostRows + " rows; expected at most "
                            + mostRows + ". Ask for less time with since and until");
                }
                read(handle, filter, newest, begin, last, by, tally);
                return last;
            });
            looked += rowsOfStatement;
        } while (at.isPresent());
        return tally.figures();
    }

    private static void read(
            Handle handle,
            AuditFilter filter,
            long newest,
            Optional<AuditPosition> begin,
            Optional<AuditPosition> last,
            Optional<AuditGroup> by,
            AuditTally tally) {
        AuditConditions conditions = AuditSearch.ofStatement(filter, newest, begin, last);
        String sql = "SELECT occurred_at, type, outcome, duration_micros, row_count, "
                + by.map(AuditGroup::column).orElse("''") + " AS grouped, "
                + (by.equals(Optional.of(AuditGroup.CALLER)) ? "caller" : "''") + " AS named FROM audit_event"
                + conditions.where();
        conditions
                .bindTo(handle.createQuery(sql))
                .map((row, context) -> {
                    tally.add(
                            row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                            row.getString("grouped"),
                            row.getString("named"),
                            row.getString("type"),
                            row.getString("outcome"),
                            row.getLong("duration_micros"),
                            row.getLong("row_count"));
                    return true;
                })
                .forEach(added -> {});
    }
}
