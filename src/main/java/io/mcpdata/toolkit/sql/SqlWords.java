package io.mcpdata.toolkit.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement as every dialect reads them. Whatever dialects read differently (comments, backslashes,
 * dollar quotes, back ticks) is refused, so that the guard, the parser and the database cannot disagree on where a
 * string ends.
 */
final class SqlWords {

    /** A word or symbol. A quoted identifier is a name too, in its own case. */
    record Word(String text, boolean name, boolean quoted) {}

    private final String sql;
    private final List<Word> words = new ArrayList<>();
    private int at;

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
            quoted(c);
        } else if (Character.isLetterOrDigit(c) || c == '_') {
            int start = at;
            while (at < sql.length() && isNamePart(sql.charAt(at))) {
                at++;
            }
            words.add(new Word(sql.substring(start, at).toLowerCase(Locale.ROOT), true, false));
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        boolean comment = sql.startsWith("--", at) || sql.startsWith("/*", at) || c == '#';
        if (comment) {
            throw new StatementRefused("comments are not accepted; send the statement without them");
        }
        if (c == '\\' || c == '`' || c == '$' || c == '@' || (c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            throw new StatementRefused(
                    "backslashes, back ticks, dollar signs, @ and control characters are not accepted");
        }
        if (!Character.isWhitespace(c)) {
            words.add(new Word(String.valueOf(c), false, false));
        }
        at++;
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
                words.add(new Word(sql.substring(start, at), quote == '"', true));
                at++;
                return;
            }
            at++;
        }
        throw new StatementRefused("a quote is not closed");
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
