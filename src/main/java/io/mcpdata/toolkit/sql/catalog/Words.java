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
    private static final int LONG_ENOUGH_FOR_A_FAULT = 5;

    private static final Pattern BETWEEN =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    /** Words of a question that name no data. */
    private static final Set<String> SMALL = Set.of("""
            a about all also an and any are as at be because been being but by can could did do does each every for from get
            give got had has have how i if in into is its last least list many me more most much my need no not of off on
            only or our out over per please should show since so some still tell than that the their them then there these
            they this those through to too under until up was we were what when where which who why will with would you your
            """.strip().split("\\s+"));

    private Words() {}

    static String[] of(String text) {
        return text.isEmpty() ? NONE : stream(text, Set.of()).toArray(String[]::new);
    }

    /** Without small words, unless there are no others. */
    static List<String> ofQuestion(String text) {
        List<String> telling = stream(text, SMALL).toList();
        return telling.isEmpty() ? stream(text, Set.of()).toList() : telling;
    }

    private static Stream<String> stream(String text, Set<String> without) {
        return BETWEEN.splitAsStream(text)
                .filter(word -> !word.isEmpty() && word.length() <= LONGEST)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !without.contains(word))
                .map(Words::singular)
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
        // another number is not a similar one
        if (Character.isDigit(wanted.charAt(0))) {
            return 0;
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
        boolean similar =
                Math.max(wanted.length(), word.length()) >= LONG_ENOUGH_FOR_A_FAULT && differsByOneLetter(wanted, word);
        return similar ? 0.4 : 0;
    }

    /** One letter changed, added or left out, or two neighbours swapped. */
    private static boolean differsByOneLetter(String one, String other) {
        int longer = one.length() - other.length();
        if (Math.abs(longer) > 1) {
            return false;
        }
        int same = 0;
        while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        if (longer == 0) {
            return endsAlike(one, same + 1, other, same + 1)
                    || same + 1 < one.length()
                            && one.charAt(same) == other.charAt(same + 1)
                            && one.charAt(same + 1) == other.charAt(same)
                            && endsAlike(one, same + 2, other, same + 2);
        }
        return longer > 0 ? endsAlike(one, same + 1, other, same) : endsAlike(one, same, other, same + 1);
    }

    /** Without a copy, because a search compares some million words. */
    private static boolean endsAlike(String one, int from, String other, int otherFrom) {
        return one.length() - from == other.length() - otherFrom
                && one.regionMatches(from, other, otherFrom, one.length() - from);
    }
}
