package io.mcpdata.audit.query;

/** By what calls are counted. */
public enum AuditGroup {
    TOOL("tool"),
    PERSONA("persona"),
    /** By the unique identity; two callers may have the same name. */
    CALLER("identity"),
    CONNECTION("connection"),
    OUTCOME("outcome");

    private final String column;

    AuditGroup(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
