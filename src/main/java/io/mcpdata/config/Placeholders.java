package io.mcpdata.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands <code>${NAME}</code>, <code>${NAME:-default}</code> and <code>${file:/path}</code> in one scalar;
 * <code>$${</code> is a literal. As in a shell, the default also replaces an empty variable. The value of a variable or
 * file is not expanded again. Remembers the files, so that a change of them can be noticed. Lives while one
 * configuration is read; not thread-safe.
 */
final class Placeholders {

    /** With a default, {@code file} is a variable. */
    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$\\{|\\$\\{file:(?!-)([^}]*)}|\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::-([^}]*))?}|\\$\\{");

    private static final int FILE = 1;
    private static final int NAME = 2;
    private static final int DEFAULT = 3;

    private final Function<String, Optional<String>> lookup;
    private final Set<Path> files = new LinkedHashSet<>();

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
                .anyMatch(match ->
                        match.group(DEFAULT) != null && !match.group(DEFAULT).isEmpty());
    }

    /** The value of the variable, empty if it is not set. */
    Optional<String> variable(String name) {
        return lookup.apply(name);
    }

    void watch(Path file) {
        files.add(file);
    }

    /** The files that were named so far, whether or not they could be read. */
    Set<Path> files() {
        return files;
    }

    /**
     * @throws UnusableFile if a file has no usable text
     * @throws IllegalArgumentException if a variable is not set, naming it, or a placeholder is malformed
     */
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
        String file = token.group(FILE);
        String name = token.group(NAME);
        String fallback = token.group(DEFAULT);
        // a placeholder in another one would end at the first brace, and its rest would stay in the value
        if (file == null && name == null || token.group().indexOf("${", 2) > 0) {
            throw new IllegalArgumentException("a malformed placeholder");
        }
        if (file != null) {
            PlaceholderFile named = PlaceholderFile.of(file);
            files.add(named.path());
            return named.text();
        }
        return lookup.apply(name)
                .filter(value -> fallback == null || !value.isEmpty())
                .or(() -> Optional.ofNullable(fallback))
                .orElseThrow(() -> new IllegalArgumentException("the variable " + name + ", which is not set"));
    }
}
