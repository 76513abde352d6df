package io.mcpdata.toolkit.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a statement as every dialect reads them. Whatever dialects read differently (comments, backslashes,
 * dollar quotes, back ticks, prefixed strings, quotes in brackets) is refused, so that the guard, the parser and the
 * database cannot disagree on where a string ends.
 */
final class SqlWords {

    /**
     * A word or symbol.
     *
     * @param text what stands there, a word in lower case, what is quoted as it is
     * @param name whether it is a word or a quoted identifier
     * @param start where it begins in the statement
     */
    record Word(String text, boolean name, boolean quoted, int start) {

        static final Word NOTHING = new Word("", false, false, 0);

        /** Whether this is the symbol or the unquoted word, given in lower case. */
        boolean is(String expected) {
            return !quoted && text.equals(expected);
        }

        boolean isOneOf(Set<String> expected) {
            return !quoted && expected.contains(text);
        }
    }

    /** {@code DATE'2024-01-31'}: the only words that may touch a string, because they do not change how it is read. */
    private static final Set<String> BEFORE_STRING = Set.of("date", "time", "timestamp", "interval");

    private final String sql;
    private final List<Word> words = new ArrayList<>();
    private int at;
    private boolean inBrackets;

    private SqlWords(String sql) {
        this.sql = sql;
    }

    /** @throws StatementRefused if the text holds what dialects read differently */
    static List<Word> of(String sql) {
        SqlWords reader = new SqlWords(sql);
        while (reader.at < sql.length()) {
            reader.next();
        }
        return reader.words;
    }

    private void next() {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            checkPlace(c);
            quoted(c);
        } else if (isNamePart(c)) {
            int start = at;
            while (at < sql.length() && isNamePart(sql.charAt(at))) {
                at++;
            }
            words.add(new Word(sql.substring(start, at).toLowerCase(Locale.ROOT), true, false, start));
        } else {
            checkSymbol(c);
            if (c > ' ') {
                words.add(new Word(String.valueOf(c), false, false, at));
            }
            at++;
        }
    }

    private void checkPlace(char quote) {
        if (inBrackets) {
            throw new StatementRefused("quotes in square brackets are not accepted");
        }
        if (at == 0) {
            return;
        }
        char before = sql.charAt(at - 1);
        boolean typed =
                quote == '\'' && !words.isEmpty() && words.get(words.size() - 1).isOneOf(BEFORE_STRING);
        if (before == '&' || (isNamePart(before) && !typed)) {
            throw new StatementRefused(
                    "a quote directly after a letter, a digit or & (such as E'', X'' or U&\"\") is not"
                            + " accepted; put a space between them, or bind the value as a parameter");
        }
    }

    private void checkSymbol(char c) {
        if (sql.startsWith("--", at) || sql.startsWith("/*", at) || sql.startsWith("//", at) || c == '#') {
            throw new StatementRefused("comments are not accepted; send the statement without them");
        }
        boolean lineBreak = c == '\n' || c == '\r' || c == '\t';
        if ("\\`$@{}".indexOf(c) >= 0 || (c < ' ' && !lineBreak) || c == 0x7f) {
            throw new StatementRefused(
                    "backslashes, back ticks, dollar signs, @, braces and control characters are not" + " accepted");
        }
        if (c > 0x7f) {
            throw new StatementRefused("characters outside of ASCII are accepted in quotes only: 'text' or \"name\"");
        }
        if (c == '[' || c == ']') {
            boolean opening = c == '[';
            if (opening == inBrackets || sql.startsWith("]]", at)) {
                throw new StatementRefused("square brackets are accepted for one array index only, without nesting");
            }
            inBrackets = opening;
        }
    }

    private void quoted(char quote) {
        int start = ++at;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' || c == 0) {
                throw new StatementRefused("backslashes in quotes are not accepted; bind the value as a parameter");
            }
            if (c == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at++;
            } else if (c == quote) {
                words.add(new Word(sql.substring(start, at), quote == '"', true, start));
                at++;
                return;
            }
            at++;
        }
        throw new StatementRefused("a quote is not closed");
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
