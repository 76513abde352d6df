package io.mcpdata.audit.chain;

/** The verification cannot begin at a row, or expect it, because it was deleted because of its age. */
public final class RowsDeleted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long row;

    RowsDeleted(long row) {
        super("row " + row + " was deleted because of its age", null, false, false);
        this.row = row;
    }

    public long row() {
        return row;
    }
}
