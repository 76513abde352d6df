package io.mcpdata.audit;

/**
 * The audit store cannot take a row that must not be lost, so the audited action must not happen. The audit log has
 * already logged the cause.
 */
public final class AuditUnavailableException extends RuntimeException {

    /** The message for a caller. */
    public static final String TO_THE_CALLER =
            "This could not be written to the audit trail and was refused for that reason; try again in a moment.";

    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
