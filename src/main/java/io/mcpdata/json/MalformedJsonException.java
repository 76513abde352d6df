package io.mcpdata.json;

/**
 * A text that is not one JSON document within the limits. The message names the fault and quotes nothing of the text, so
 * a client may see it.
 */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    MalformedJsonException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** Never null: the constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** What is wrong with the text. */
    public enum Fault {
        SYNTAX,
        DUPLICATE_MEMBER,
        TOO_DEEP
    }
}
