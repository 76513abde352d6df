package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.List;

/**
 * The statement that is sent to the database: without comments and closing semicolons. Blanks of the same length
 * replace each comment, so every position keeps its line and column. The tokens belong to this text, so that guard and
 * database read the same.
 *
 * @param text the text for the database
 * @param tokens its tokens, without comments
 */
record SqlText(String text, List<Token> tokens) {

    static final int LONGEST = 32_768;

    SqlText {
        tokens = List.copyOf(tokens);
    }

    /** @throws StatementRefused if the text cannot be read */
    static SqlText of(String sql, SqlSyntax syntax) {
        if (sql.length() > LONGEST) {
            throw new StatementRefused("the statement is longer than " + LONGEST + " characters");
        }
        List<Token> all = SqlLexer.tokens(sql, syntax);
        List<Token> tokens = all;
        String text = sql;
        if (all.stream().anyMatch(token -> token.kind() == Kind.COMMENT)) {
            text = withoutComments(sql, all);
            tokens = SqlLexer.tokens(text, syntax);
            if (tokens.stream().anyMatch(token -> token.kind() == Kind.COMMENT)) {
                throw new StatementRefused("these comments cannot be told from the statement; send it without them");
            }
        }
        int first = 0;
        while (first < tokens.size() && tokens.get(first).is(";")) {
            // some users write ;WITH, so that it cannot belong to a preceding statement
            text = text.substring(0, tokens.get(first).start()) + " "
                    + text.substring(tokens.get(first).end());
            first++;
        }
        int last = tokens.size();
        while (last > first && tokens.get(last - 1).is(";")) {
            last--;
        }
        int end = last == first ? 0 : tokens.get(last - 1).end();
        return new SqlText(text.substring(0, end), tokens.subList(first, last));
    }

    private static String withoutComments(String sql, List<Token> tokens) {
        StringBuilder text = new StringBuilder(sql);
        for (Token token : tokens) {
            if (token.kind() == Kind.COMMENT) {
                for (int i = token.start(); i < token.end(); i++) {
                    char c = text.charAt(i);
                    text.setCharAt(i, c == '\n' || c == '\r' ? c : ' ');
                }
            }
        }
        return text.toString();
    }

    Token token(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : Token.NONE;
    }

    /** After {@code table.} no dialect reads a keyword. {@code 1.} is a number and not a table. */
    boolean isBehindDot(int i) {
        return token(i - 1).is(".") && token(i - 2).isName();
    }

    int size() {
        return tokens.size();
    }
}
