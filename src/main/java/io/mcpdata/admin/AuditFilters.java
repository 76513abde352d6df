package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.query.AuditField;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the filters that all addresses of the audit trail take. */
final class AuditFilters {

    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String TEXT = "text";
    private static final int LONGEST_TEXT = 200;

    private AuditFilters() {}

    /** The names of the filters, and these. */
    static Set<String> namesAnd(String... more) {
        Set<String> names = new LinkedHashSet<>(Set.of(SINCE, UNTIL, TEXT));
        Arrays.stream(AuditField.values()).map(AuditFilters::name).forEach(names::add);
        names.addAll(List.of(more));
        return names;
    }

    /** The names of the filters that compare a row with a value: a stream of new rows has no times. */
    static Set<String> withoutTimes() {
        Set<String> names = namesAnd();
        names.removeAll(Set.of(SINCE, UNTIL));
        return names;
    }

    /** The filter, with times that are relative to now; faults are problems of the parameters. */
    static AuditFilter of(QueryParameters parameters, Instant now) {
        Optional<Instant> since = time(parameters, SINCE, now);
        Optional<Instant> until = time(parameters, UNTIL, now);
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            parameters.problem(UNTIL, "a time that is not after since", "a later time than since");
        }
        Map<AuditField, String> values = new EnumMap<>(AuditField.class);
        for (AuditField field : AuditField.values()) {
            value(parameters, field).ifPresent(value -> values.put(field, value));
        }
        return new AuditFilter(since, until, values, parameters.text(TEXT, LONGEST_TEXT));
    }

    private static Optional<Instant> time(QueryParameters parameters, String name, Instant now) {
        return parameters.value(name, AuditTime.EXPECTED, text -> AuditTime.parse(text, now));
    }

    private static Optional<String> value(QueryParameters parameters, AuditField field) {
        return switch (field) {
            case TYPE -> oneOf(parameters, field, AuditEvent.Type.values());
            case OUTCOME -> oneOf(parameters, field, AuditEvent.Outcome.values());
            case IDENTITY, CALLER, KEY_ID, PERSONA, TOOL, CONNECTION, CATEGORY, REQUEST_ID, TRACE_ID ->
                parameters.text(name(field), field.longest());
        };
    }

    private static <E extends Enum<E>> Optional<String> oneOf(QueryParameters parameters, AuditField field, E[] names) {
        Set<String> known = Arrays.stream(names).map(Enum::name).collect(Collectors.toCollection(LinkedHashSet::new));
        return parameters.value(name(field), "one of " + String.join(", ", known), text -> {
            String name = text.toUpperCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw new IllegalArgumentException();
            }
            return name;
        });
    }

    private static String name(AuditField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
