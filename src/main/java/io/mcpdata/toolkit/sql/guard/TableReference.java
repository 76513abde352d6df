package io.mcpdata.toolkit.sql.guard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that a statement reads, as it is written there. Immutable.
 *
 * @param parts schema and table, the catalog before them, or the table alone
 * @param index where the name begins in the statement
 * @param end the position after the name
 * @param optional whether it is the name of a common table, so that there may be no table of this name
 * @param alias its other name in the statement; empty if it has none
 */
public record TableReference(List<Part> parts, int index, int end, boolean optional, String alias) {

    /**
     * A part of a name.
     *
     * @param text without quotes; empty between two dots
     */
    public record Part(String text, boolean quoted) {}

    public TableReference {
        parts = List.copyOf(parts);
    }

    /** The last part. */
    public Part table() {
        return parts.get(parts.size() - 1);
    }

    /** The name as a message may show it. */
    public String shown() {
        return StatementRefused.shown(parts.stream().map(Part::text).collect(Collectors.joining(".")));
    }
}
