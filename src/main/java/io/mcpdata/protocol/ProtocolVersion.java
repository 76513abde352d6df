package io.mcpdata.protocol;

/** The revisions of MCP that the platform supports. */
public enum ProtocolVersion {
    /** HTTP+SSE. */
    V2024_11_05("2024-11-05");

    private final String label;

    ProtocolVersion(String label) {
        this.label = label;
    }

    /** The revision as written in messages. */
    public String label() {
        return label;
    }
}
