package io.mcpdata.toolkit.sql.guard;

import java.util.regex.Pattern;

/**
 * Texts that a database may read as a number. H2 computes a number such as {@code 1E99999999} to its last digit as soon
 * as it is combined with another number, which takes hours, and converts a text that looks like one wherever it is
 * combined with a decimal.
 */
final class NumberText {

    private static final Pattern TOO_LARGE = Pattern.compile("\\s*[-+]?[\\d.]+[eE][-+]?\\d{4,}\\s*");
    private static final Pattern HOLDS_TOO_LARGE = Pattern.compile("[\\d.][eE][-+]?\\d{4}");
    private static final Pattern MAY_BE_A_PART = Pattern.compile("[\\d.+\\-\\s]*[eE][\\d.+\\-\\s]*");
    private static final Pattern OF_NUMBERS = Pattern.compile("[\\d.+\\-eE\\s]*");

    private NumberText() {}

    /** Whether the text is a number with an exponent of more than three digits. */
    static boolean isTooLarge(String text) {
        return TOO_LARGE.matcher(text).matches();
    }

    /** Whether cutting this text or joining it with others can make such a number. */
    static boolean mayBecomeTooLarge(String text) {
        return MAY_BE_A_PART.matcher(text).matches()
                || HOLDS_TOO_LARGE.matcher(text).find();
    }

    /** Whether no text that contains this one is a number. */
    static boolean isNeverPartOfOne(String text) {
        return !OF_NUMBERS.matcher(text).matches();
    }
}
