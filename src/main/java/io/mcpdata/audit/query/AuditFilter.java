package io.mcpdata.audit.query;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that a reader asks for: those that meet every condition. Immutable.
 *
 * @param since rows at this time or later
 * @param until rows before this time
 * @param values the exact values of columns
 * @param text a text in the parameters, in upper or lower case
 */
public record AuditFilter(
        Optional<Instant> since, Optional<Instant> until, Map<AuditField, String> values, Optional<String> text) {

    /** Every row. */
    public static final AuditFilter NONE =
            new AuditFilter(Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    public AuditFilter {
        values = Map.copyOf(values);
    }

    /** Whether the row meets every condition: the same answer as that of the store. */
    public boolean matches(AuditRow row) {
        return since.filter(row.occurredAt()::isBefore).isEmpty()
                && until.filter(end -> !row.occurredAt().isBefore(end)).isEmpty()
                && values.entrySet().stream()
                        .allMatch(value -> value.getKey().of(row).equals(value.getValue()))
                && text.filter(part -> !lower(row.parameters()).contains(lower(part)))
                        .isEmpty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether the index of the request ids finds the few rows that can match. */
    boolean namesRequest() {
        return values.containsKey(AuditField.REQUEST_ID);
    }
}
