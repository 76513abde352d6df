package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.SqlWords.Word;
import java.util.List;
import java.util.Set;

/** Looks at every place where a name stands before a parenthesis: it must be known to call nothing harmful. */
final class SqlCalls {

    private static final int LONGEST_PADDING_DIGITS = 4;
    private static final Set<String> BEFORE_COMMON_TABLE = Set.of("with", "recursive", ",");
    private static final Set<String> BEFORE_ALIAS = Set.of("as", ")");
    private static final Set<String> STARTS_A_QUERY = Set.of("select", "with", "(");

    private final List<Word> words;
    private final Set<String> allowed;

    /** @param allowed functions let through besides the built-in list, lower case, alone or as {@code schema.name} */
    SqlCalls(List<Word> words, Set<String> allowed) {
        this.words = words;
        this.allowed = allowed;
    }

    /** @throws StatementRefused if there is a call of something that is not listed */
    void check() {
        for (int i = 0; i < words.size(); i++) {
            if (!word(i + 1).is("(")) {
                continue;
            }
            if (word(i).is("]")) {
                throw new StatementRefused("a parenthesis after square brackets is not accepted");
            }
            if (word(i).is("with")) {
                throw new StatementRefused("table hints are not accepted");
            }
            if (word(i).name()) {
                checkCall(i);
            }
        }
    }

    private void checkCall(int i) {
        Word word = word(i);
        boolean qualified = word(i - 1).is(".");
        boolean listed = !word.quoted()
                && (qualified
                        ? allowed.contains(word(i - 2).text() + "." + word.text())
                        : SqlVocabulary.KEYWORDS.contains(word.text())
                                || SqlVocabulary.FUNCTIONS.contains(word.text())
                                || allowed.contains(word.text()));
        if (!listed && (qualified || !(isCommonTable(i) || isAlias(i)))) {
            throw new StatementRefused("the function \"" + printable(word.text())
                    + "\" is not on the list of allowed functions (connections.<name>.allow_functions extends it)");
        }
        if (word.isOneOf(SqlVocabulary.PADDING) && !isShortPadding(i + 2)) {
            throw new StatementRefused("the length in " + word.text() + " must be a plain number below 10000");
        }
    }

    /** {@code WITH name (columns) AS (SELECT ...)}: the name calls nothing. */
    private boolean isCommonTable(int i) {
        if (!word(i - 1).isOneOf(BEFORE_COMMON_TABLE)) {
            return false;
        }
        int at = afterNames(i + 2);
        if (at < 0 || !word(at).is("as")) {
            return false;
        }
        at += word(at + 1).is("not") ? 2 : 1;
        at += word(at).is("materialized") ? 1 : 0;
        // a function may be followed by AS (column type, ...) too: no column is called SELECT
        return word(at).is("(")
                && (word(at + 1).isOneOf(STARTS_A_QUERY)
                        || (word(at + 1).is("values") && word(at + 2).is("(")));
    }

    /** {@code (SELECT ...) AS name (columns)}: the name calls nothing either. */
    private boolean isAlias(int i) {
        return word(i - 1).isOneOf(BEFORE_ALIAS) && afterNames(i + 2) > 0;
    }

    /** The place behind a closing parenthesis, if only names and commas stand before it; else -1. */
    private int afterNames(int from) {
        int at = from;
        while (word(at).name() || word(at).is(",")) {
            at++;
        }
        return word(at).is(")") ? at + 1 : -1;
    }

    private boolean isShortPadding(int firstArgument) {
        int depth = 0;
        for (int at = firstArgument; at < words.size() && depth >= 0; at++) {
            depth += word(at).is("(") ? 1 : word(at).is(")") ? -1 : 0;
            if (depth == 0 && word(at).is(",")) {
                return !word(at + 1).quoted()
                        && word(at + 1).text().matches("\\d{1," + LONGEST_PADDING_DIGITS + "}")
                        && (word(at + 2).is(",") || word(at + 2).is(")"));
            }
        }
        return false;
    }

    private Word word(int i) {
        return i >= 0 && i < words.size() ? words.get(i) : Word.NOTHING;
    }

    private static String printable(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 64 ? safe : safe.substring(0, 64);
    }
}
