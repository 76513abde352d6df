package io.mcpdata.audit.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** All labels, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(AuditGroup::label).collect(Collectors.joining(", "));
    }

    /** The group with this label; empty if there is none. */
    public static Optional<AuditGroup> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** As readers write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String column() {
        return column;
    }
}
