package io.mcpdata.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A parameter of a named query.
 *
 * @param description empty if the file gives none
 * @param required whether a caller must give a value; an optional parameter without a default is NULL
 * @param values the allowed values; empty if all are
 * @param standard the value of a caller who gives none
 * @param from the fact of the caller that is the value; empty if the caller gives it
 */
public record QueryParameterConfig(
        String name,
        String description,

        @ConfigKey(about = "What kind of value it is", standard = "string")
        Type type,

        boolean required,
        List<String> values,
        Optional<String> minimum,
        Optional<String> maximum,

        @ConfigKey(about = "The most characters of a string", standard = "1000", least = 1, most = 10_000)
        int maxLength,

        @ConfigKey("default") Optional<String> standard,
        Optional<IdentitySource> from)
        implements ConfigRecord {

    private static final int MOST_SHOWN = 20;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");

    /** The kind of a value. */
    public enum Type {
        STRING("a text"),
        INTEGER("a whole number"),
        NUMBER("a number such as 12.5"),
        BOOLEAN("true or false"),
        DATE("a date such as 2026-01-31"),
        TIMESTAMP("a time without zone such as 2026-01-31T08:30:00");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        /** What a value looks like. */
        public String label() {
            return label;
        }

        public boolean isNumeric() {
            return this == INTEGER || this == NUMBER;
        }

        public boolean isTime() {
            return this == DATE || this == TIMESTAMP;
        }

        /** Whether of two values one is less. */
        boolean hasRange() {
            return isNumeric() || isTime();
        }
    }

    public QueryParameterConfig {
        values = List.copyOf(values);
    }

    /** Whether this text is a value of the type, in the range, and among the allowed values. */
    public boolean accepts(String text) {
        return isOfType(text)
                && (type != Type.STRING || text.codePointCount(0, text.length()) <= maxLength)
                && minimum.filter(least -> compare(text, least) < 0).isEmpty()
                && maximum.filter(most -> compare(text, most) > 0).isEmpty()
                && (values.isEmpty() || values.contains(text));
    }

    boolean isOfType(String text) {
        return switch (type) {
            case STRING -> text.indexOf(0) < 0;
            case INTEGER -> INTEGER.matcher(text).matches();
            case NUMBER -> NUMBER.matcher(text).matches();
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case DATE -> DATE.matcher(text).matches() && isReal(() -> LocalDate.parse(text));
            case TIMESTAMP -> TIMESTAMP.matcher(text).matches() && isReal(() -> LocalDateTime.parse(text));
        };
    }

    private static boolean isReal(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    int compare(String one, String other) {
        return switch (type) {
            case INTEGER, NUMBER -> new BigDecimal(one).compareTo(new BigDecimal(other));
            case DATE -> LocalDate.parse(one).compareTo(LocalDate.parse(other));
            case TIMESTAMP -> LocalDateTime.parse(one).compareTo(LocalDateTime.parse(other));
            case STRING, BOOLEAN -> throw new IllegalStateException("no range of " + type);
        };
    }

    /** What a value must be, for the operator and the caller. */
    public String expected() {
        return type.label()
                + (type == Type.STRING ? " of at most " + maxLength + " characters" : "")
                + minimum.map(least -> ", at least " + least).orElse("")
                + maximum.map(most -> ", at most " + most).orElse("")
                + (values.isEmpty() ? "" : ", one of " + shownValues());
    }

    private String shownValues() {
        List<String> first = values.subList(0, Math.min(MOST_SHOWN, values.size()));
        return String.join(", ", first) + (values.size() > MOST_SHOWN ? ", ..." : "");
    }
}
