package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds up the characters that one row of a query builds. Up to 4,096 rows are processed between two checks for
 * cancellation, and all rows of groups and windows without one. Belongs to one check.
 */
final class RowWork {

    private static final long MOST_FOR_A_ROW = 50_000;
    private static final long MOST_FOR_A_GROUP = 400;
    private static final long MOST_COLLECTED = 150;
    private static final long MOST_WRITTEN = 30;

    /** One query. */
    private static final class Block {
        private long made;
        private long madeOfGroups;
        private long collected;
        private long written;
        private int early;
        private boolean grouped;
    }

    private final Findings findings;
    private final Deque<Block> blocks = new ArrayDeque<>();

    RowWork(Findings findings) {
        this.findings = findings;
    }

    void beginBlock() {
        blocks.push(new Block());
    }

    /** A text is built for each row; outside of aggregates also for each group at the end. */
    void make(long characters) {
        Block block = blocks.element();
        block.made += characters;
        if (block.early == 0) {
            block.madeOfGroups += characters;
        }
    }

    /**
     * Texts of all rows are kept, to be joined at the end.
     *
     * @param written how many of the characters the statement itself contains or fills up: keeping these again costs
     *     nothing measurable before they are joined
     */
    void collect(long characters, long written) {
        blocks.element().collected += characters;
        blocks.element().written += written;
        group();
    }

    /** The query has groups or windows. */
    void group() {
        blocks.element().grouped = true;
    }

    /** The following work is done while rows are read. */
    void beginEarly() {
        blocks.element().early++;
    }

    void endEarly() {
        blocks.element().early--;
    }

    /** The argument of an aggregate follows. */
    void beginAggregate() {
        beginEarly();
        group();
    }

    void endAggregate() {
        endEarly();
    }

    void endBlock() {
        Block block = blocks.pop();
        if (block.made > MOST_FOR_A_ROW) {
            findings.refuse("each row makes or compares texts of up to " + block.made
                    + " characters in all, and an embedded database" + " allows " + MOST_FOR_A_ROW
                    + "; select fewer of them");
        } else if (block.grouped && block.madeOfGroups > MOST_FOR_A_GROUP) {
            findings.refuse("each group makes or compares texts of up to " + block.madeOfGroups
                    + " characters in all, and an embedded" + " database allows " + MOST_FOR_A_GROUP
                    + "; join the texts in a query around this one");
        } else if (block.collected > MOST_COLLECTED || block.written > MOST_WRITTEN) {
            findings.refuse(
                    "each row gives up to " + block.collected + " characters to LISTAGG, ARRAY_AGG or the like, "
                            + block.written + " of them from texts of the statement, and an embedded database allows "
                            + MOST_COLLECTED + " and " + MOST_WRITTEN + "; collect fewer or shorter texts");
        }
    }
}
