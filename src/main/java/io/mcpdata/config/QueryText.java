package io.mcpdata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL of a named query, in which {@code :name} stands for a parameter. Quoted text, comments and PostgreSQL's
 * {@code ::} hold none. Products differ in what they quote; where this text and the product's reading differ, the
 * guard counts other markers than there are values, and the statement does not run. Immutable.
 *
 * @param marked the SQL with {@code ?} in place of the names
 * @param names the names in their order; a name may be there several times
 * @param problem what cannot be read; empty if all can
 */
public record QueryText(String marked, List<String> names, Optional<String> problem) {

    private static final Pattern PART = Pattern.compile(
            "'[^']*+'|\"[^\"]*+\"|`[^`]*+`|--[^\\r\\n]*+|/\\*.*?\\*/|::|:(?<name>[A-Za-z_][A-Za-z0-9_]*+)|\\?\\?"
                    + "|(?<marker>\\?)|(?<open>['\"`]|/\\*)",
            Pattern.DOTALL);

    public QueryText {
        names = List.copyOf(names);
    }

    static QueryText of(String sql) {
        return of(sql, name -> "?");
    }

    /** @param markers the markers in place of a name, such as several with commas */
    public static QueryText of(String sql, UnaryOperator<String> markers) {
        StringBuilder marked = new StringBuilder();
        List<String> names = new ArrayList<>();
        Optional<String> problem = Optional.empty();
        Matcher part = PART.matcher(sql);
        while (part.find()) {
            String replacement = part.group();
            if (part.group("name") != null) {
                names.add(part.group("name"));
                // a blank on both sides: PostgreSQL would read >=? as one operator
                replacement = " " + markers.apply(part.group("name")) + " ";
            } else if (part.group("marker") != null) {
                problem = problem.or(() -> Optional.of("a question mark"));
            } else if (part.group("open") != null) {
                problem = problem.or(() -> Optional.of("a quote or comment without an end"));
            } else if (replacement.startsWith("'") && replacement.endsWith("\\'")) {
                problem = problem.or(() -> Optional.of("a backslash before a quote, which databases read differently"));
            }
            part.appendReplacement(marked, Matcher.quoteReplacement(replacement));
        }
        return new QueryText(part.appendTail(marked).toString(), names, problem);
    }
}
