package io.mcpdata.toolkit.sql.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of a name, comment or question, and how well two words fit. */
final class Words {

    static final String[] NONE = {};

    private static final int MOST = 200;
    private static final int LONGEST = 64;
    private static final int LONG_ENOUGH_FOR_A_FAULT = 4;

    private static final Pattern BETWEEN =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    /** Words of a question that name no data. */
    private static final Set<String> SMALL = Set.of(
            "a", "an", "the", "of", "by", "per", "for", "in", "on", "to", "is", "are", "was", "and", "or", "with",
            "what", "which", "who", "how", "many", "much", "do", "does", "did", "me", "show", "list", "all", "each",
            "from");

    private Words() {}

    static String[] of(String text) {
        return text.isEmpty() ? NONE : stream(text).toArray(String[]::new);
    }

    /** Without small words, unless there are no others. */
    static List<String> ofQuestion(String text) {
        List<String> all = stream(text).toList();
        List<String> telling =
                all.stream().filter(word -> !SMALL.contains(word)).toList();
        return telling.isEmpty() ? all : telling;
    }

    private static Stream<String> stream(String text) {
        return BETWEEN.splitAsStream(text)
                .filter(word -> !word.isEmpty() && word.length() <= LONGEST)
                .map(word -> singular(word.toLowerCase(Locale.ROOT)))
                .distinct()
                .limit(MOST);
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** From 0, no relation, to 1, the same word. */
    static double fit(String wanted, String[] words) {
        double best = 0;
        for (String word : words) {
            best = Math.max(best, fit(wanted, word));
            if (best == 1) {
                return best;
            }
        }
        return best;
    }

    private static double fit(String wanted, String word) {
        if (wanted.equals(word)) {
            return 1;
        }
        if (wanted.length() >= 3 && word.startsWith(wanted)) {
            return 0.7;
        }
        if (word.length() >= 4 && wanted.startsWith(word)) {
            return 0.6;
        }
        if (wanted.length() >= 4 && word.contains(wanted)) {
            return 0.5;
        }
        boolean similar = wanted.length() >= LONG_ENOUGH_FOR_A_FAULT && differsByOneLetter(wanted, word);
        return similar ? 0.4 : 0;
    }

    /** One letter changed, added or left out, or two neighbours swapped. */
    private static boolean differsByOneLetter(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        int same = 0;
        while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String restOfOne = one.substring(same);
        String restOfOther = other.substring(same);
        if (one.length() != other.length()) {
            return one.length() > other.length()
                    ? restOfOne.substring(1).equals(restOfOther)
                    : restOfOther.substring(1).equals(restOfOne);
        }
        return restOfOne.substring(1).equals(restOfOther.substring(1))
                || restOfOne.length() > 1
                        && restOfOne.charAt(0) == restOfOther.charAt(1)
                        && restOfOne.charAt(1) == restOfOther.charAt(0)
                        && restOfOne.substring(2).equals(restOfOther.substring(2));
    }
}
