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

    /** The longest text that may be bound to a marker in a pattern. */
    static final int LONGEST_VALUE = 100;

    private LikePattern() {}

    /** Whether matching takes a time that grows only as the value's length. */
    static boolean isLinear(String pattern) {
        long runs = WILDCARDS.matcher(pattern).results().count();
        return runs - (pattern.endsWith("%") ? 1 : 0) <= 1;
    }

    /** Whether matching takes a time that grows at most as the square of the value's length. */
    static boolean isQuadratic(String pattern) {
        long runs = WILDCARDS.matcher(pattern).results().count();
        return runs - (pattern.endsWith("%") ? 1 : 0) <= 2;
    }

    /** Whether it stays linear with more {@code %} at its ends. */
    static boolean isSimple(String pattern) {
        return isLinear("%" + pattern + "%");
    }
}
