package io.mcpdata.toolkit.sql.guard;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of a statement.
 *
 * @param text a word in lower case; a symbol or number as it stands; a quoted name or a text without its quotes, its doubled
 *     quotes made single
 * @param start where it begins in the statement
 * @param end the place behind it
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

    /** Whether this is the symbol or the unquoted word, given in lower case. */
    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(expected);
    }

    boolean isOneOf(Set<String> expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && expected.contains(text);
    }

    /** The text in lower case, as rules name things; a word has it already. */
    String lower() {
        return kind == Kind.WORD ? text : text.toLowerCase(Locale.ROOT);
    }

    /** Whether this token begins where the other ends. */
    boolean touches(Token before) {
        return start == before.end;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    /** Whether it names something, quoted or not. */
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
