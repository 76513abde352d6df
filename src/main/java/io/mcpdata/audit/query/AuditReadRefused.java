package io.mcpdata.audit.query;

/** The audit trail cannot be read in this way, or not now. The message is for the reader. */
public final class AuditReadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private AuditReadRefused(String message, boolean passing) {
        super(message, null, false, false);
        this.passing = passing;
    }

    /** Another time the same request can succeed. */
    public static AuditReadRefused forNow(String message) {
        return new AuditReadRefused(message, true);
    }

    /** The same request cannot succeed. */
    public static AuditReadRefused forGood(String message) {
        return new AuditReadRefused(message, false);
    }

    /** Whether the same request can succeed later. */
    public boolean isPassing() {
        return passing;
    }

    /** Never null: every factory requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
