package io.mcpdata.toolkit.sql.guard;

import java.util.regex.Pattern;

/**
 * Patterns of {@code LIKE}. For each {@code %} with text on its right H2 tries every position of the value, within the
 * positions of the previous one: with one of them the time grows linearly with the value's length, with two
 * quadratically.
 */
final class LikePattern {

    /** Placeholder for the value of a marker, which {@link #isSimple} has checked. */
    static final String ANY_SIMPLE = "%?%";

    private static final Pattern WILDCARDS = Pattern.compile("%+");

    /** The longest text that may be bound to a marker in a pattern. */
    static final int LONGEST_VALUE = 100;

    private LikePattern() {}

    /** Whether the matching time grows linearly with the value's length. */
    static boolean isLinear(String pattern) {
        long runs = WILDCARDS.matcher(pattern).results().count();
        return runs - (pattern.endsWith("%") ? 1 : 0) <= 1;
    }

    /** Whether the matching time grows at most quadratically with the value's length. */
    static boolean isQuadratic(String pattern) {
        long runs = WILDCARDS.matcher(pattern).results().count();
        return runs - (pattern.endsWith("%") ? 1 : 0) <= 2;
    }

    /** Whether matching stays linear with more {@code %} at the pattern's ends. */
    static boolean isSimple(String pattern) {
        return isLinear("%" + pattern + "%");
    }
}
