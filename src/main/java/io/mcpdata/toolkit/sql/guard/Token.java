package io.mcpdata.toolkit.sql.guard;

import java.util.Locale;
import java.util.Set;

/**
 * A token of a statement.
 *
 * @param text a word in lower case; a symbol or number unchanged; a quoted name or a text without its quotes, with
 *     doubled quotes made single
 * @param start its position in the statement
 * @param end the position after it
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        WORD,
        /** A quoted identifier. */
        NAME,
        TEXT,
        NUMBER,
        SYMBOL,
        COMMENT
    }

    static final Token NONE = new Token(Kind.SYMBOL, "", 0, 0);

    /** Whether this is this symbol or unquoted word, given in lower case. */
    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(expected);
    }

    boolean isOneOf(Set<String> expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && expected.contains(text);
    }

    /** The text in lower case, as in the rules; a word already is. */
    String lower() {
        return kind == Kind.WORD ? text : text.toLowerCase(Locale.ROOT);
    }

    /** Whether this token begins where the other one ends. */
    boolean touches(Token before) {
        return start == before.end;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    /** Whether this is a name, quoted or not. */
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
