package io.mcpdata.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The revisions of MCP that the platform supports, oldest first. */
public enum ProtocolVersion {
    /** HTTP+SSE. */
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    /** Without sessions: each request says its revision and the client's capabilities. */
    V2026_07_28("2026-07-28");

    /** The revision for a client that requests one the platform does not have. */
    public static final ProtocolVersion NEWEST_WITH_SESSIONS = V2025_11_25;

    private final String label;

    ProtocolVersion(String label) {
        this.label = label;
    }

    /** The revision as written in messages. */
    public String label() {
        return label;
    }

    public static Optional<ProtocolVersion> of(String label) {
        return Arrays.stream(values())
                .filter(version -> version.label.equals(label))
                .findFirst();
    }

    /** The revisions of the endpoint {@code /mcp}, newest first. */
    public static List<String> ofStreamableHttp() {
        return List.of(V2026_07_28.label, V2025_11_25.label, V2025_06_18.label, V2025_03_26.label);
    }

    /** Whether the endpoint {@code /mcp} has it. */
    public boolean isOfStreamableHttp() {
        return this != V2024_11_05;
    }

    public boolean isStateless() {
        return this == V2026_07_28;
    }

    public boolean isSince(ProtocolVersion first) {
        return compareTo(first) >= 0;
    }
}
