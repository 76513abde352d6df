package io.mcpdata.store;

/** The platform's own database cannot be opened, migrated or reached. The message is for the operator, not for clients. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null: every constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
