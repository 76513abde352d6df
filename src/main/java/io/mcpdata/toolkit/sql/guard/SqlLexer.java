package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a statement into tokens as the connection's database does. Refuses text that it cannot read. For one
 * statement.
 */
final class SqlLexer {

    /** PostgreSQL reads a run of these characters as one operator. */
    private static final String OPERATOR = "+-*/<>=~!@#%^&|";

    /**
     * {@code DATE'2024-01-31'}: words that may directly precede a text in every dialect, because they do not change how
     * it is read.
     */
    private static final Set<String> TYPES_BEFORE_TEXT = Set.of("date", "time", "timestamp", "interval");

    /** Also Oracle's {@code 1f} and {@code 1d}, with a suffix for the type. */
    private static final Pattern OTHER_BASE = Pattern.compile("0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|\\d+[fd]");

    private final String sql;
    private final SqlSyntax syntax;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String sql, SqlSyntax syntax) {
        this.sql = sql;
        this.syntax = syntax;
    }

    /**
     * The tokens, including comments.
     *
     * @throws StatementRefused if the text contains syntax that this dialect does not have, or that cannot be read
     *     safely
     */
    static List<Token> tokens(String sql, SqlSyntax syntax) {
        SqlLexer lexer = new SqlLexer(sql, syntax);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            at++;
        } else if (isCommentStart()) {
            comment();
        } else if (c == '\'') {
            text(Quoting.plain(syntax), at);
        } else if (c == '"') {
            doubleQuoted();
        } else if (c == '`' && syntax.backTicks()) {
            name('`', '`');
        } else if (c == '[' && syntax.bracketNames()) {
            name('[', ']');
        } else if (c == '$' && syntax.dollarQuotes() && dollarQuoted()) {
            return;
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
        } else if (isNameStart(at)) {
            word();
        } else {
            symbol();
        }
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : ' ';
    }

    private boolean isCommentStart() {
        if (sql.startsWith("--", at)) {
            // in MySQL two minus signs begin a comment only if white space follows
            return !syntax.mysql() || peek(2) <= ' ';
        }
        return sql.startsWith("/*", at)
                || (sql.charAt(at) == '#' && (syntax.hashComments() || syntax.strict()))
                || (sql.startsWith("//", at) && (syntax.strict() || syntax.is(Dialect.H2)));
    }

    private void comment() {
        if (syntax.strict()) {
            throw new StatementRefused("comments of this kind are not accepted; send the statement without them");
        }
        int start = at;
        if (!sql.startsWith("/*", at)) {
            while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                at++;
            }
        } else {
            if (syntax.mysql() && (peek(2) == '!' || (peek(2) == 'M' && peek(3) == '!'))) {
                throw new StatementRefused("comments that are executed (/*! ... */) are not accepted");
            }
            block();
        }
        add(Kind.COMMENT, "", start);
    }

    private void block() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at) && (depth == 0 || syntax.nestedComments())) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (at < sql.length()) {
                at++;
            } else {
                throw new StatementRefused("a comment is not closed");
            }
        } while (depth > 0);
    }

    private void doubleQuoted() {
        if (syntax.doubleQuotedText()) {
            text(new Quoting('"', syntax.backslashEscapes()), at);
        } else {
            name('"', '"');
        }
    }

    private void name(char open, char close) {
        int start = at++;
        StringBuilder name = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            checkQuoted(c);
            if (c == '\\') {
                throw new StatementRefused("a backslash in a quoted name is not accepted");
            }
            if (c == close && at < sql.length() && sql.charAt(at) == close) {
                at++;
            } else if (c == close) {
                add(Kind.NAME, name.toString(), start);
                return;
            } else if (c == open && open != close) {
                throw new StatementRefused("an opening bracket in a bracketed name is not accepted");
            }
            name.append(c);
        }
        throw new StatementRefused("a quote is not closed");
    }

    /**
     * From the quote to the end of the literal. On PostgreSQL a literal may continue after a line break, read by the
     * rules of its first part.
     */
    private void text(Quoting quoting, int start) {
        StringBuilder text = new StringBuilder();
        do {
            part(quoting, text);
        } while (continues(quoting));
        add(Kind.TEXT, text.toString(), start);
    }

    private void part(Quoting quoting, StringBuilder text) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            checkQuoted(c);
            if (c == '\\' && quoting.backslashEscapes() && at < sql.length()) {
                checkQuoted(sql.charAt(at));
                text.append(sql.charAt(at++));
            } else if (c == '\\' && syntax.strict()) {
                throw new StatementRefused("backslashes in quotes are not accepted; bind the value as a parameter");
            } else if (c != quoting.quote()) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == c) {
                text.append(c);
                at++;
            } else {
                return;
            }
        }
        throw new StatementRefused("a quote is not closed");
    }

    private boolean continues(Quoting quoting) {
        if (!syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB)) {
            return false;
        }
        int to = at;
        boolean lineBreak = false;
        while (to < sql.length() && sql.charAt(to) <= ' ') {
            lineBreak |= sql.charAt(to) == '\n' || sql.charAt(to) == '\r';
            to++;
        }
        if (lineBreak && to < sql.length() && sql.charAt(to) == quoting.quote()) {
            at = to;
            return true;
        }
        return false;
    }

    private static void checkQuoted(char c) {
        if (c == 0) {
            throw new StatementRefused("a NUL character is not accepted");
        }
    }

    /** {@code $$ ... $$} or {@code $tag$ ... $tag$}; false if this dollar sign begins no such text. */
    private boolean dollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && isNamePart(tagEnd) && sql.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$' || isDigit(peek(1))) {
            return false;
        }
        String tag = sql.substring(at, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            throw new StatementRefused("the text that begins with " + StatementRefused.shown(tag) + " is not closed");
        }
        String text = sql.substring(tagEnd + 1, close);
        text.chars().forEach(c -> checkQuoted((char) c));
        int start = at;
        at = close + tag.length();
        add(Kind.TEXT, text, start);
        return true;
    }

    /** A number. If it continues as a name, as {@code 2fa} does in MySQL, it is a name. */
    private void number() {
        int start = at;
        digits();
        if (at < sql.length() && sql.charAt(at) == '.' && !(peek(1) == '.')) {
            at++;
            digits();
        }
        int exponent = at < sql.length() && (sql.charAt(at) | 0x20) == 'e' ? 1 : 0;
        if (exponent > 0 && (peek(1) == '+' || peek(1) == '-')) {
            exponent++;
        }
        if (exponent > 0 && isDigit(peek(exponent))) {
            at += exponent;
            digits();
        }
        boolean plain = sql.substring(start, at).chars().allMatch(c -> isDigit((char) c) || c == '_');
        if (plain && at < sql.length() && isNamePart(at)) {
            at = start;
            digitsAndLetters();
        } else {
            checkNoQuoteFollows();
            add(Kind.NUMBER, sql.substring(start, at), start);
        }
    }

    /**
     * In MySQL {@code 1from} is a name; elsewhere it is a number and a word, and letters may follow only in a number of
     * another base.
     */
    private void digitsAndLetters() {
        int start = at;
        word();
        if (syntax.mysql()) {
            return;
        }
        Token word = tokens.remove(tokens.size() - 1);
        boolean dot = at < sql.length() && sql.charAt(at) == '.';
        if (dot || syntax.strict() || !OTHER_BASE.matcher(word.text()).matches()) {
            throw new StatementRefused("\"" + StatementRefused.shown(sql.substring(start, at))
                    + "\" is not accepted: put a space between a number and what follows it");
        }
        add(Kind.NUMBER, word.text(), start);
    }

    private void digits() {
        while (at < sql.length() && (isDigit(sql.charAt(at)) || isBetweenDigits())) {
            at++;
        }
    }

    /** {@code 1_000_000}. */
    private boolean isBetweenDigits() {
        return sql.charAt(at) == '_'
                && !syntax.mysql()
                && !syntax.strict()
                && at > 0
                && isDigit(sql.charAt(at - 1))
                && isDigit(peek(1));
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isNamePart(at)) {
            at++;
        }
        String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
        char next = at < sql.length() ? sql.charAt(at) : ' ';
        if (word.equals("u") && next == '&' && (peek(1) == '\'' || peek(1) == '"')) {
            unicodeText(start);
        } else if (next == '\'' && syntax.is(Dialect.ORACLE) && (word.equals("q") || word.equals("nq"))) {
            oracleText(start);
        } else if (next == '\'' && syntax.prefixed(word)) {
            text(new Quoting('\'', word.equals("e") || syntax.backslashEscapes()), start);
        } else {
            if (!TYPES_BEFORE_TEXT.contains(word) && (syntax.strict() || next == '"' || isReadDifferently(word))) {
                checkNoQuoteFollows();
            }
            add(Kind.WORD, word, start);
        }
    }

    private static boolean isReadDifferently(String word) {
        return word.length() <= 2 || Character.isDigit(word.charAt(0));
    }

    private void checkNoQuoteFollows() {
        if (at < sql.length() && (sql.charAt(at) == '\'' || sql.charAt(at) == '"')) {
            throw new StatementRefused(
                    "a quote directly after a letter or digit is not accepted here; put a space between them, or bind the"
                            + " value as a parameter");
        }
    }

    /** {@code U&'...'}: its escapes are characters of a text. As a quoted name it could hide any name. */
    private void unicodeText(int start) {
        if (!syntax.is(Dialect.POSTGRESQL, Dialect.TRINO, Dialect.H2) || syntax.backslashEscapes() || peek(1) == '"') {
            throw new StatementRefused("U& is not accepted here; write the letters themselves");
        }
        at++;
        text(new Quoting('\'', false), start);
    }

    private void oracleText(int start) {
        char open = peek(1);
        char close = switch (open) {
            case '[' -> ']';
            case '{' -> '}';
            case '(' -> ')';
            case '<' -> '>';
            default -> open;
        };
        int end = sql.indexOf(close + "'", at + 2);
        if (open <= ' ' || end < 0) {
            throw new StatementRefused("a quote is not closed");
        }
        String text = sql.substring(at + 2, end);
        text.chars().forEach(c -> checkQuoted((char) c));
        at = end + 2;
        add(Kind.TEXT, text, start);
    }

    private void symbol() {
        char c = sql.charAt(at);
        checkSymbol(c);
        if (c == '[' && syntax.strict()) {
            checkBrackets();
        }
        int start = at++;
        if (syntax.is(Dialect.POSTGRESQL) && OPERATOR.indexOf(c) >= 0) {
            operator(start);
        } else if (c == ':' && peek(0) == ':' && !syntax.strict()) {
            at++;
        }
        add(Kind.SYMBOL, sql.substring(start, at), start);
    }

    /** Some databases read brackets as the quotes of a name, and a quote inside them as a character of that name. */
    private void checkBrackets() {
        int close = sql.indexOf(']', at);
        String inside = close < 0 ? "'" : sql.substring(at + 1, close);
        if (inside.indexOf('\'') >= 0 || inside.indexOf('"') >= 0 || inside.indexOf('[') >= 0) {
            throw new StatementRefused("quotes in square brackets are not accepted");
        }
    }

    /**
     * As PostgreSQL does: a sign at the end belongs to the next token, unless the operator has a character of its own.
     */
    private void operator(int start) {
        while (at < sql.length() && OPERATOR.indexOf(sql.charAt(at)) >= 0 && !isCommentStart()) {
            at++;
        }
        boolean ownCharacter = sql.substring(start, at).chars().anyMatch(c -> "~!@#%^&|".indexOf(c) >= 0);
        while (!ownCharacter && at - start > 1 && "+-".indexOf(sql.charAt(at - 1)) >= 0) {
            at--;
        }
    }

    private void checkSymbol(char c) {
        if (c > 0x7f) {
            throw new StatementRefused(
                    "this character is accepted in quotes only (\\u%04x): 'text' or a quoted name".formatted((int) c));
        }
        if (c < ' ' || c == 0x7f) {
            throw new StatementRefused("control characters are not accepted");
        }
        if (!isKnownSymbol(c)) {
            throw new StatementRefused("the character " + c + " is not accepted in SQL for this database");
        }
    }

    private boolean isKnownSymbol(char c) {
        return switch (c) {
            case '\\', '`', '$' -> false;
            case '@', '#' -> syntax.is(Dialect.POSTGRESQL);
            case '{', '}' -> syntax.is(Dialect.DUCKDB);
            default -> true;
        };
    }

    private boolean isNameStart(int i) {
        char c = sql.charAt(i);
        return isNamePart(i) && c != '$' && c != '#';
    }

    private boolean isNamePart(int i) {
        char c = sql.charAt(i);
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || isDigit(c)
                || c == '_'
                || syntax.inName(c)
                || (c > 0x7f && !syntax.strict() && isPlainLetter(c));
    }

    /** A letter that no database converts to an ASCII letter when it changes case, width or form. */
    private static boolean isPlainLetter(char c) {
        return Character.isLetterOrDigit(c)
                && Character.toUpperCase(c) > 0x7f
                && Character.toLowerCase(c) > 0x7f
                && Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC)
                        .chars()
                        .allMatch(form -> form > 0x7f);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start, at));
    }

    /** How a quoted text is read. */
    private record Quoting(char quote, boolean backslashEscapes) {

        static Quoting plain(SqlSyntax syntax) {
            return new Quoting('\'', syntax.backslashEscapes());
        }
    }
}
