package io.mcpdata.config;

import java.util.regex.Pattern;

/**
 * A name pattern: {@code *} stands for any run of characters, {@code ?} for exactly one, everything else for itself,
 * case-sensitive. Matching is linear in the length of the name. Immutable and thread-safe.
 */
public final class Glob {

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_.:/*?-]{1,128}");

    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if the pattern has a character that no name can have, is empty or too long */
    public static Glob parse(String pattern) {
        if (!WELL_FORMED.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "expected a glob of letters, digits and _ . : / - with * for any run and ? for one character");
        }
        return new Glob(pattern);
    }

    /** Greedy matching with one point of return: no recursion, no regular expression that could explode. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
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
