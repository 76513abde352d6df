package io.mcpdata.audit.query;

/** The columns that a reader may compare with a value. */
public enum AuditField {
    /** The unique identity of the caller. */
    IDENTITY("identity", 1024),
    /** The name of the caller, which is not always unique. */
    CALLER("caller", 256),
    /** The key id, or the issuer of a token. */
    KEY_ID("credential_id", 256),
    PERSONA("persona", 128),
    TOOL("tool", 128),
    CONNECTION("connection", 128),
    OUTCOME("outcome", 16),
    CATEGORY("category", 64),
    TYPE("type", 32),
    REQUEST_ID("request_id", 64),
    TRACE_ID("trace_id", 32);

    private final String column;
    private final int longest;

    AuditField(String column, int longest) {
        this.column = column;
        this.longest = longest;
    }

    String column() {
        return column;
    }

    /** The value of this column in a row. */
    String of(AuditRow row) {
        return switch (this) {
            case IDENTITY -> row.identity();
            case CALLER -> row.caller();
            case KEY_ID -> row.credentialId();
            case PERSONA -> row.persona();
            case TOOL -> row.tool();
            case CONNECTION -> row.connection();
            case OUTCOME -> row.outcome();
            case CATEGORY -> row.category();
            case TYPE -> row.type();
            case REQUEST_ID -> row.requestId();
            case TRACE_ID -> row.traceId();
        };
    }

    /** How many characters a value can have; longer values are in no row. */
    public int longest() {
        return longest;
    }
}
