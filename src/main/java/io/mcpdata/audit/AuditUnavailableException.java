package io.mcpdata.audit;

/** The audit store cannot take a row that must not be lost: what was to be audited must not happen. */
public final class AuditUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
