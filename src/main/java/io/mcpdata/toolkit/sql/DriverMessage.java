package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database's error, split into its parts: each driver puts the place, the hint and the statement into its message in
 * its own way.
 *
 * @param text what is wrong
 * @param index where in the caller's statement, in code points; -1 if that is not known
 * @param hint the database's hint; empty if it gave none
 * @param detail the database's further details; empty if it gave none
 */
record DriverMessage(String text, int index, String hint, String detail) {

    private static final int LONGEST_NAME = 64;
    private static final Pattern H2_STATEMENT = Pattern.compile("(?s); SQL statement:\n.*");
    private static final Pattern H2_PLACE = Pattern.compile("(?s) \"((?:[^\"]++|\"\")*+)\"");
    private static final Pattern H2_ESCAPE = Pattern.compile("\"\"|\\\\(?:\\\\|\\+([0-9a-f]{6})|([0-9a-f]{4}))");
    private static final Pattern MYSQL_CONNECTION = Pattern.compile("^\\(conn=-?\\d+\\) ");
    private static final Pattern MYSQL_PLACE = Pattern.compile("(?s)near '(.*)' at line (\\d+)");
    private static final Pattern LINE_AND_COLUMN = Pattern.compile("\\bline (\\d{1,5}):(\\d{1,5})\\b");
    private static final Pattern DUCKDB_PATH = Pattern.compile("([\"'])[^\"'\n]*/[^\"'\n]*\\1");
    private static final Pattern TRINO_QUERY = Pattern.compile("^Query failed \\(#\\w+\\): ");
    private static final Pattern TRINO_PLACE = Pattern.compile("^line \\d+:\\d+: ");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /**
     * @param statement the statement as sent
     * @param asked the same without {@code EXPLAIN}
     */
    static DriverMessage of(SQLException e, Dialect dialect, SqlStatement statement, String asked) {
        String message = String.valueOf(e.getMessage());
        int before = statement.sql().length() - asked.length();
        return switch (dialect) {
            case POSTGRESQL ->
                postgres(e, asked, before, !statement.parameters().isEmpty());
            case H2 -> h2(message, asked);
            case MYSQL, MARIADB -> mysql(message, asked);
            case TRINO -> trino(TRINO_QUERY.matcher(message).replaceFirst(""), asked, before);
            case DUCKDB ->
                new DriverMessage(
                        DUCKDB_PATH.matcher(message).replaceAll("[file]"),
                        lineAndColumn(message, asked, before),
                        "",
                        "");
            case SQLSERVER, ORACLE, UNKNOWN ->
                new DriverMessage(message, lineAndColumn(message, asked, before), "", "");
        };
    }

    /** Calls the driver's class by name: a server's pool uses another class than the application's. */
    private static DriverMessage postgres(SQLException e, String asked, int before, boolean numbered) {
        String message = String.valueOf(e.getMessage());
        try {
            Object server = e.getClass().getMethod("getServerErrorMessage").invoke(e);
            if (server == null) {
                return new DriverMessage(message, -1, "", "");
            }
            int sent = Integer.parseInt("0" + member(server, "getPosition")) - 1 - before;
            int index = verified(asked, numbered ? unnumbered(asked, sent) : sent, message);
            return new DriverMessage(message, index, member(server, "getHint"), member(server, "getDetail"));
        } catch (ReflectiveOperationException other) {
            return new DriverMessage(message, -1, "", "");
        }
    }

    private static String member(Object server, String getter) throws ReflectiveOperationException {
        return Optional.ofNullable(server.getClass().getMethod(getter).invoke(server))
                .map(String::valueOf)
                .orElse("");
    }

    /** The place in the caller's text, in which one {@code ?} is {@code $1} for the driver and two are {@code ?}. */
    private static int unnumbered(String asked, int sent) {
        int passed = 0;
        int markers = 0;
        int quote = 0;
        int i = 0;
        while (i < asked.length() && passed < sent) {
            int c = asked.codePointAt(i);
            i += Character.charCount(c);
            passed++;
            if (quote != 0 || c == '\'' || c == '"') {
                quote = quote == 0 ? c : c == quote ? 0 : quote;
            } else if (c == '?' && i < asked.length() && asked.charAt(i) == '?') {
                i++;
            } else if (c == '?') {
                passed += String.valueOf(++markers).length();
            }
        }
        return sent < 0 ? -1 : asked.codePointCount(0, i);
    }

    /**
     * The place, if the text named by the message is there: the driver may have sent other text before the statement.
     */
    private static int verified(String asked, int index, String message) {
        if (index < 0 || index > asked.codePointCount(0, asked.length())) {
            return -1;
        }
        Matcher named = QUOTED.matcher(message.lines().findFirst().orElse(""));
        if (!named.find()) {
            return index;
        }
        String name = named.group(1).substring(named.group(1).lastIndexOf('.') + 1);
        int from = asked.offsetByCodePoints(0, index);
        String there = asked.substring(from, Math.min(asked.length(), from + name.length() + LONGEST_NAME));
        return there.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)) ? index : -1;
    }

    /** H2 repeats the statement twice, and marks the place of a syntax error in the first copy. */
    private static DriverMessage h2(String message, String asked) {
        String text = H2_STATEMENT.matcher(message).replaceFirst("");
        Matcher quoted = H2_PLACE.matcher(text);
        if (!text.contains("[*]") || !quoted.find()) {
            return new DriverMessage(text, -1, "", "");
        }
        String marked = unescaped(quoted.group(1));
        int index = -1;
        for (int mark = marked.indexOf("[*]"); mark >= 0; mark = marked.indexOf("[*]", mark + 1)) {
            String whole = marked.substring(0, mark) + marked.substring(mark + 3);
            int start = whole.length() - asked.length();
            if (whole.endsWith(asked) && mark >= start) {
                index = asked.codePointCount(0, mark - start);
                break;
            }
        }
        return new DriverMessage(text.substring(0, quoted.start()) + text.substring(quoted.end()), index, "", "");
    }

    private static String unescaped(String quoted) {
        return H2_ESCAPE.matcher(quoted).replaceAll(escape -> {
            @Nullable String code = escape.group(1) == null ? escape.group(2) : escape.group(1);
            String plain = code == null ? escape.group().substring(1) : Character.toString(Integer.parseInt(code, 16));
            return Matcher.quoteReplacement(plain);
        });
    }

    private static DriverMessage mysql(String message, String asked) {
        String text = MYSQL_CONNECTION.matcher(message).replaceFirst("");
        Matcher place = MYSQL_PLACE.matcher(text);
        int index = place.find() ? near(place.group(1), Integer.parseInt(place.group(2)), asked) : -1;
        return new DriverMessage(text.replaceAll("\\s*\\R\\s*", " "), index, "", "");
    }

    /** The text that the message quotes reaches to the end of the statement, unless it is long. */
    private static int near(String quoted, int line, String asked) {
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = asked.indexOf('\n', start) + 1;
        }
        String whole = asked.stripTrailing();
        int at = whole.endsWith(quoted) ? whole.length() - quoted.length() : whole.indexOf(quoted, start);
        return at < start ? -1 : asked.codePointCount(0, at);
    }

    private static DriverMessage trino(String message, String asked, int before) {
        int index = lineAndColumn(message, asked, before);
        return new DriverMessage(
                index < 0 ? message : TRINO_PLACE.matcher(message).replaceFirst(""), index, "", "");
    }

    private static int lineAndColumn(String message, String asked, int before) {
        Matcher place = LINE_AND_COLUMN.matcher(message);
        if (!place.find()) {
            return -1;
        }
        int line = Integer.parseInt(place.group(1));
        int column = Integer.parseInt(place.group(2)) - (line == 1 ? before : 0);
        String[] lines = asked.split("\n", -1);
        if (line < 1 || line > lines.length || column < 1 || column > lines[line - 1].length() + 1) {
            return -1;
        }
        int index = column - 1;
        for (int i = 0; i < line - 1; i++) {
            index += lines[i].codePointCount(0, lines[i].length()) + 1;
        }
        return index;
    }
}
