package io.mcpdata.audit;

/**
 * The audit store cannot take a row that must not be lost: what was to be audited must not happen. The audit log has
 * logged the cause, and who catches this need not do so again.
 */
public final class AuditUnavailableException extends RuntimeException {

    /** What a caller is told. */
    public static final String TO_THE_CALLER =
            "This could not be written to the audit trail and was refused for that reason; try again in a moment.";

    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
