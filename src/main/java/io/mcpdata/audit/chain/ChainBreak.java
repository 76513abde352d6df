package io.mcpdata.audit.chain;

/**
 * Where the audit trail is not as it was written. Immutable.
 *
 * @param row the number of the row at which it was found
 * @param detail what was found, for the operator
 */
public record ChainBreak(Kind kind, long row, String detail) {

    /** What was found. */
    public enum Kind {
        /** A value of the row was changed, or the row was inserted, or rows were exchanged. */
        ROW_CHANGED,
        ROW_MISSING,
        ROW_WITHOUT_HASH,
        /** A row with a number that was deleted before. */
        ROW_BEFORE_BASE,
        /** The newest rows are missing. */
        ROWS_CUT_OFF,
        /** The row is not the one that was signed: it and those before it were written again. */
        CHECKPOINT_DIFFERS,
        /** The checkpoint is not signed with the key. */
        CHECKPOINT_INVALID,
        CHECKPOINT_MISSING,
        /** The row is not the one that the verifier was told to expect. */
        ANCHOR_DIFFERS
    }
}
