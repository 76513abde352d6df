package io.mcpdata.toolkit.sql.guard;

import java.util.regex.Pattern;

/**
 * Patterns of {@code LIKE}. For each {@code %} with text on its right H2 tries every place of the value, inside the
 * places of the one before: with one of them the time grows as the value's length, with two as its square.
 */
final class LikePattern {

    /** Stands for the value of a marker, which {@link #isSimple} has looked at. */
    static final String ANY_SIMPLE = "%?%";

    private static final Pattern WILDCARDS = Pattern.compile("%+");

    /** The most comparisons of characters that one row may cost. */
    private static final long MOST_COMPARISONS = 120_000;

    private LikePattern() {}

    /** Whether matching takes a time that grows only as the value's length. */
    static boolean isLinear(String pattern) {
        long runs = WILDCARDS.matcher(pattern).results().count();
        return runs - (pattern.endsWith("%") ? 1 : 0) <= 1;
    }

    /** Whether it stays linear with more {@code %} at its ends. */
    static boolean isSimple(String pattern) {
        return isLinear("%" + pattern + "%");
    }

    /** Whether a value of this length can be compared quickly with a pattern of that length. */
    static boolean isShort(long pattern, long value) {
        return pattern * value <= MOST_COMPARISONS;
    }
}
