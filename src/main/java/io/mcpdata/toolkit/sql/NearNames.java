package io.mcpdata.toolkit.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds existing names that are similar to a misspelled one. */
final class NearNames {

    private static final int MOST = 3;
    private static final int LONGEST = 64;
    private static final int FAR = 1_000;

    private NearNames() {}

    /** At most three, the nearest first. */
    static List<String> of(String wrong, Collection<String> names) {
        String wanted = plain(wrong);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        int nearest = names.stream()
                .mapToInt(name -> distance(wanted, plain(name)))
                .min()
                .orElse(FAR);
        return names.stream()
                .distinct()
                .filter(name -> distance(wanted, plain(name)) <= Math.min(nearest + 1, FAR - 1))
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, plain(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Ignores case, characters between words, and the plural. */
    private static String plain(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        if (letters.endsWith("ies")) {
            return letters.substring(0, letters.length() - 3) + "y";
        }
        return letters.length() > 3 && letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
    }

    private static int distance(String wanted, String name) {
        if (name.length() > LONGEST) {
            return FAR;
        }
        int most = wanted.length() / 3;
        int edits = Math.abs(wanted.length() - name.length()) > most ? FAR : edits(wanted, name);
        if (edits <= most) {
            return edits;
        }
        int shorter = Math.min(wanted.length(), name.length());
        return shorter >= 4 && (wanted.contains(name) || name.contains(wanted)) ? LONGEST : FAR;
    }

    /** The number of letters to change, add, remove or swap with the next. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(from, to, i, j, edits);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int edits(String from, String to, int i, int j, int[][] edits) {
        int changed = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(changed, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
