package io.mcpdata.audit.chain;

import java.util.Optional;

/**
 * The result of a verification. Immutable.
 *
 * @param base the row before the first one of the chain
 * @param rows how many rows were verified
 * @param last the last row that was verified
 * @param next where to continue, if the time was over before the newest row
 * @param broken the first break, if there is one
 * @param coveredTo the newest row that a checkpoint covers
 * @param newest the number of the newest row when the verification began
 * @param olderRows whether there are rows from before the chain, which nothing protects
 */
public record Verification(
        ChainPosition base,
        long rows,
        ChainPosition last,
        Optional<ChainPosition> next,
        Optional<ChainBreak> broken,
        long coveredTo,
        long newest,
        boolean olderRows) {

    /** The same with a break that was found elsewhere. */
    public Verification broken(ChainBreak found) {
        return new Verification(base, rows, last, next, Optional.of(found), coveredTo, newest, olderRows);
    }

    /** A trail without any chain. */
    static Verification nothing(ChainBreak found) {
        ChainPosition none = new ChainPosition(0, ChainPosition.NO_HASH);
        return new Verification(none, 0, none, Optional.empty(), Optional.of(found), 0, 0, false);
    }

    /** The same, to be continued with the chain that begins at this row. */
    Verification continuedAt(ChainPosition begin) {
        return new Verification(base, rows, last, Optional.of(begin), broken, coveredTo, newest, olderRows);
    }

    /** This one of some chains, with that of the next chain. */
    Verification and(Verification other) {
        boolean covered = coveredTo >= newest;
        boolean otherCovered = other.coveredTo >= other.newest;
        return new Verification(
                base,
                rows + other.rows,
                other.last,
                other.next,
                other.broken,
                covered && otherCovered
                        ? Math.max(coveredTo, other.coveredTo)
                        : Math.min(covered ? other.coveredTo : coveredTo, otherCovered ? coveredTo : other.coveredTo),
                Math.max(newest, other.newest),
                olderRows || other.olderRows);
    }

    /** Whether every row was verified and no break was found. */
    public boolean isVerified() {
        return broken.isEmpty() && next.isEmpty();
    }
}
