package io.mcpdata.protocol;

/** The revisions of MCP that the platform speaks. */
public enum ProtocolVersion {
    /** HTTP+SSE. */
    V2024_11_05("2024-11-05");

    private final String label;

    ProtocolVersion(String label) {
        this.label = label;
    }

    /** As it stands in messages. */
    public String label() {
        return label;
    }
}
