package io.mcpdata.toolkit.sql.guard;

import java.util.Optional;
import java.util.regex.Pattern;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Limits the work of a statement on an H2 in the server's own JVM. Such an H2 checks for cancellation between rows
 * only. While it plans a statement, works on one row, or works on all rows of a group or window at the end, it cannot
 * be interrupted. So each of these is limited before the statement runs; work that goes from row to row ends at its
 * timeout.
 */
public final class EmbeddedBounds {

    /** The longest text that a statement may build, and the most digits of a number. */
    static final long LONGEST = 1_000;

    /** The length that a column of a table is assumed to have. */
    static final long COLUMN = 60;

    /** The longest text that may be bound to a marker. */
    static final int LONGEST_VALUE = 400;

    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
    private static final Pattern GROWING = Pattern.compile(
            "(?i)\\|\\||\\bi?like\\b|\\b(?:lpad|rpad|repeat|space|replace|concat|concat_ws|translate|insert|listagg|string_agg"
                    + "|group_concat|array_agg)\\s*\\(");

    private EmbeddedBounds() {}

    /**
     * Checks a statement's parse tree.
     *
     * @return why it must not run, and what to write instead; empty if it may run
     */
    public static Optional<String> check(Select statement) {
        Findings findings = new Findings();
        new EmbeddedBlocks(findings).select(statement);
        if (findings.isEmpty() && growing(statement) > findings.measured()) {
            findings.refuse(
                    "it joins or pads texts in a place where an embedded database allows none; put them into the"
                            + " list behind SELECT");
        }
        return findings.first();
    }

    /** Checks a text for a marker of any statement. */
    public static Optional<String> checkValue(String value) {
        if (value.length() > LONGEST_VALUE) {
            return Optional.of("a parameter has " + value.length() + " characters, and an embedded database allows "
                    + LONGEST_VALUE + " for each");
        }
        return NumberText.isTooLarge(value)
                ? Optional.of("a parameter is a number with an exponent of more than three digits")
                : Optional.empty();
    }

    /** Checks a text for a marker of a statement with {@code LIKE}. */
    public static Optional<String> checkPattern(String value) {
        if (value.length() > LikePattern.LONGEST_VALUE) {
            return Optional.of(
                    "a parameter has " + value.length() + " characters, and in a statement with LIKE an embedded"
                            + " database allows " + LikePattern.LONGEST_VALUE + " for each");
        }
        return LikePattern.isSimple(value)
                ? checkValue(value)
                : Optional.of(
                        "a parameter has a % in its middle, and LIKE on an embedded database cannot be interrupted;"
                                + " keep % at its ends, or write two conditions joined with AND");
    }

    /** How many parts build texts or match patterns; each must have been measured. */
    private static long growing(Select statement) {
        String bare = QUOTED.matcher(statement.toString()).replaceAll("''");
        return GROWING.matcher(bare).results().count();
    }
}
