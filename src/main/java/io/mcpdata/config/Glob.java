package io.mcpdata.config;

import java.util.regex.Pattern;

/**
 * A name pattern: {@code *} matches any run of characters, {@code ?} exactly one, every other character itself,
 * case-sensitive. Matching is linear in the length of the name. Immutable and thread-safe.
 */
public final class Glob {

    /** What {@link #parse} takes. */
    static final String NAMES = "a glob of letters, digits and _ . : / - with * and ?";

    /** What {@link #parseUri} takes. */
    static final String URIS = "a glob of letters, digits and _ . ~ : / @ % + = & ; , # - with * and ?";

    private static final Pattern OF_NAMES = Pattern.compile("[A-Za-z0-9_.:/*?-]{1,128}");

    /**
     * Without brackets, braces and exclamation marks, although a URI may have them: a rule that means them as other
     * globs do would match nothing.
     */
    private static final Pattern OF_URIS = Pattern.compile("[A-Za-z0-9_.~:/@%+=&;,#*?-]{1,256}");

    private static final char END = 0;

    /** Whether one character of the pattern, other than a star, matches this one. */
    private interface Letters {
        boolean match(char own, char letter);
    }

    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if the pattern is empty, too long, or has a character that no name can have */
    public static Glob parse(String pattern) {
        return parse(pattern, OF_NAMES, NAMES);
    }

    /**
     * A pattern of URIs.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has another character
     */
    public static Glob parseUri(String pattern) {
        return parse(pattern, OF_URIS, URIS);
    }

    /** @throws IllegalArgumentException if the pattern is not well-formed */
    static Glob parse(String pattern, Pattern wellFormed, String expected) {
        if (!wellFormed.matcher(pattern).matches()) {
            throw new IllegalArgumentException("expected " + expected);
        }
        return new Glob(pattern);
    }

    /** Matches every name with this beginning, which may have any characters. */
    public static Glob ofBeginning(String beginning) {
        return new Glob(beginning + "*");
    }

    public boolean matches(String name) {
        return runs(name, (own, letter) -> own == '?' || own == letter);
    }

    /** Greedy matching with one point of return: no recursion, and no regular expression with exponential time. */
    private boolean runs(String name, Letters letters) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && letters.match(pattern.charAt(p), name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /**
     * Whether this pattern surely matches every name that the other one matches. Only a star covers a star, so the
     * result may be false for a pair that a deeper analysis would accept, but never wrongly true.
     */
    public boolean covers(Glob other) {
        return runs(other.pattern, (own, theirs) -> own == theirs || own == '?' && theirs != '*');
    }

    /** Whether there is a name that both patterns match. */
    public boolean meets(Glob other) {
        int width = other.pattern.length();
        boolean[] next = new boolean[width + 1];
        for (int p = pattern.length(); p >= 0; p--) {
            boolean[] row = new boolean[width + 1];
            for (int q = width; q >= 0; q--) {
                char own = p < pattern.length() ? pattern.charAt(p) : END;
                char theirs = q < width ? other.pattern.charAt(q) : END;
                if (own == '*' || theirs == '*') {
                    row[q] = own == '*' && next[q]
                            || theirs == '*' && row[q + 1]
                            || own == '*' && theirs != END && row[q + 1]
                            || theirs == '*' && own != END && next[q];
                } else if (own == END || theirs == END) {
                    row[q] = own == theirs;
                } else {
                    row[q] = (own == '?' || theirs == '?' || own == theirs) && next[q + 1];
                }
            }
            next = row;
        }
        return next[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
