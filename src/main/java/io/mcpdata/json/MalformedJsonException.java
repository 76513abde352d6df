package io.mcpdata.json;

/**
 * A text that is not one JSON document within the limits. The message names the fault and quotes nothing of the text, so
 * a client may see it.
 */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String member;

    MalformedJsonException(Fault fault, String message) {
        this(fault, message, "");
    }

    private MalformedJsonException(Fault fault, String message, String member) {
        super(message, null, false, false);
        this.fault = fault;
        this.member = member;
    }

    static MalformedJsonException duplicate(String member) {
        return new MalformedJsonException(Fault.DUPLICATE_MEMBER, "a member of an object is given twice", member);
    }

    /** The name of the member that is given twice, as the text has it; empty for every other fault. */
    public String member() {
        return member;
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
