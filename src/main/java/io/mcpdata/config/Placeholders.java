package io.mcpdata.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands <code>${NAME}</code> and <code>${NAME:-default}</code> in one scalar; <code>$${</code> is a literal. What a
 * variable holds is never expanded again.
 */
final class Placeholders {

    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::-([^}]*))?}|\\$\\{");

    private final Function<String, Optional<String>> lookup;

    Placeholders(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** Whether the text takes something from outside the file. */
    static boolean isIn(String text) {
        return TOKEN.matcher(text).results().anyMatch(match -> !match.group().equals("$${"));
    }

    /** @throws IllegalArgumentException if a variable is not set, naming it, or a placeholder is malformed */
    String expand(String text) {
        Matcher token = TOKEN.matcher(text);
        StringBuilder out = new StringBuilder();
        while (token.find()) {
            token.appendReplacement(out, Matcher.quoteReplacement(replacement(token)));
        }
        return token.appendTail(out).toString();
    }

    private String replacement(Matcher token) {
        if (token.group().equals("$${")) {
            return "${";
        }
        String name = token.group(1);
        if (name == null) {
            throw new IllegalArgumentException("a malformed placeholder");
        }
        String fallback = token.group(2);
        return lookup.apply(name)
                .or(() -> Optional.ofNullable(fallback))
                .orElseThrow(() -> new IllegalArgumentException("the variable " + name + ", which is not set"));
    }
}
