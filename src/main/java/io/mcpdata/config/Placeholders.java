package io.mcpdata.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands <code>${NAME}</code> and <code>${NAME:-default}</code> in one scalar; <code>$${</code> is a literal. As in a
 * shell, the default also replaces an empty variable. The value of a variable is not expanded again.
 */
final class Placeholders {

    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::-([^}]*))?}|\\$\\{");

    private final Function<String, Optional<String>> lookup;

    Placeholders(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** Whether the text contains a placeholder. */
    static boolean isIn(String text) {
        return TOKEN.matcher(text).results().anyMatch(match -> !match.group().equals("$${"));
    }

    /** Whether the file contains the value as the default of a variable. */
    static boolean hasDefault(String text) {
        return TOKEN.matcher(text)
                .results()
                .anyMatch(match -> match.group(2) != null && !match.group(2).isEmpty());
    }

    /** The value of the variable, empty if it is not set. */
    Optional<String> variable(String name) {
        return lookup.apply(name);
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
        String fallback = token.group(2);
        // a placeholder in a default would end at the first brace, and its rest would stay in the value
        if (name == null || fallback != null && fallback.contains("${")) {
            throw new IllegalArgumentException("a malformed placeholder");
        }
        return lookup.apply(name)
                .filter(value -> fallback == null || !value.isEmpty())
                .or(() -> Optional.ofNullable(fallback))
                .orElseThrow(() -> new IllegalArgumentException("the variable " + name + ", which is not set"));
    }
}
