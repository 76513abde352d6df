package io.mcpdata.protocol;

/**
 * Becomes a JSON-RPC error. The message goes to the client: it says what was expected and contains nothing internal.
 */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public ProtocolException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public static ProtocolException invalidParams(String message) {
        return new ProtocolException(ErrorCode.INVALID_PARAMS, message);
    }

    public ErrorCode code() {
        return code;
    }

    /** Never null: every constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
