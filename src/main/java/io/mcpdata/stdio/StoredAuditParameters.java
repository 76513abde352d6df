package io.mcpdata.stdio;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.query.AuditCounts;
import io.mcpdata.audit.query.AuditField;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditGroup;
import io.mcpdata.audit.query.AuditInterval;
import io.mcpdata.audit.query.AuditPosition;
import io.mcpdata.audit.query.AuditTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters that a server would check, checked without one. */
final class StoredAuditParameters {

    private static final int LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private final Map<String, String> given;
    private final Instant now;

    StoredAuditParameters(Map<String, String> given, Instant now) {
        this.given = given;
        this.now = now;
    }

    AuditFilter filter() {
        Map<AuditField, String> values = new EnumMap<>(AuditField.class);
        for (AuditField field : AuditField.values()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            @Nullable String value = given.get(name);
            if (value != null) {
                values.put(field, checked(field, name, value));
            }
        }
        return new AuditFilter(time("since"), time("until"), values, Optional.ofNullable(given.get("text")));
    }

    private static String checked(AuditField field, String name, String value) {
        return switch (field) {
            case TYPE -> oneOf(name, value, AuditEvent.Type.values());
            case OUTCOME -> oneOf(name, value, AuditEvent.Outcome.values());
            case IDENTITY, CALLER, KEY_ID, PERSONA, TOOL, CONNECTION, CATEGORY, REQUEST_ID, TRACE_ID -> value;
        };
    }

    private static String oneOf(String name, String value, Enum<?>[] constants) {
        List<String> known = Arrays.stream(constants).map(Enum::name).toList();
        String upper = value.toUpperCase(Locale.ROOT);
        if (!known.contains(upper)) {
            throw wrong(name, value, "one of " + String.join(", ", known));
        }
        return upper;
    }

    /** The filter of figures, which has both times. */
    AuditFilter countedFilter(AuditInterval interval) {
        AuditFilter filter = AuditCounts.bounded(filter(), now);
        if (AuditCounts.hasTooManyIntervals(filter, interval)) {
            throw CommandFailed.usage("--interval: found more than " + AuditCounts.MOST_INTERVALS + " of "
                    + interval.label() + " from --since to --until; expected a longer interval, or less time");
        }
        return filter;
    }

    AuditInterval interval() {
        return value(
                        "interval",
                        "one of " + AuditInterval.labels(),
                        text -> AuditInterval.of(text).orElseThrow())
                .orElse(AuditInterval.HOUR);
    }

    Optional<AuditGroup> by() {
        return value(
                "by",
                "one of " + AuditGroup.labels(),
                text -> AuditGroup.of(text).orElseThrow());
    }

    private Optional<Instant> time(String name) {
        return value(name, AuditTime.EXPECTED, text -> AuditTime.parse(text, now));
    }

    int limit() {
        String expected = "a number from 1 to " + HIGHEST_LIMIT;
        int limit = value("limit", expected, Integer::valueOf).orElse(LIMIT);
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw wrong("limit", String.valueOf(limit), expected);
        }
        return limit;
    }

    /** The place after which a list continues. */
    Optional<AuditPosition> cursor() {
        return value("cursor", "the cursor that the list before printed", text -> {
            String[] parts = text.split(",", 2);
            return new AuditPosition(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        });
    }

    static String cursorOf(AuditPosition position) {
        return position.time() + "," + position.id();
    }

    private <T> Optional<T> value(String name, String expected, Function<String, T> conversion) {
        @Nullable String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(conversion.apply(text));
        } catch (RuntimeException e) {
            throw wrong(name, text, expected);
        }
    }

    private static CommandFailed wrong(String name, String found, String expected) {
        return CommandFailed.usage("--" + name.replace('_', '-') + ": found \"" + found + "\"; expected " + expected);
    }
}
