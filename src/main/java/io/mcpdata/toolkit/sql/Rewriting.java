package io.mcpdata.toolkit.sql;

import java.util.List;

/**
 * A statement whose tables with masks or row filters are replaced by subqueries. Immutable.
 *
 * @param caller the statement that the caller sent
 * @param sent the statement for the database
 * @param hidden texts that no error may repeat
 */
record Rewriting(SqlStatement caller, SqlStatement sent, List<String> hidden) {

    /** How a statement over such tables is written. */
    static final String ADVICE =
            "Tables with masked columns or row filters are read through a subquery here: give each an"
                    + " alias, put the alias and no schema before its columns, and use no hints of the database after it.";

    private static final String REMOVED = "[hidden]";
    private static final int SHORTEST = 3;

    Rewriting {
        hidden = List.copyOf(hidden);
    }

    static Rewriting none(SqlStatement statement) {
        return new Rewriting(statement, statement, List.of());
    }

    /** The same behind a prefix such as {@code EXPLAIN}. */
    Rewriting withPrefix(String prefix) {
        SqlStatement own = caller.withSql(prefix + caller.sql());
        return changes() ? new Rewriting(own, sent.withSql(prefix + sent.sql()), hidden) : none(own);
    }

    boolean changes() {
        return caller != sent;
    }

    /** A message without the hidden texts, and without the part that repeats the statement. */
    String safe(String message) {
        if (!changes()) {
            return message;
        }
        String safe = message.replaceAll("(?s)near '.*|(?s)SQL statement.*", "");
        for (String text : hidden) {
            safe = text.length() < SHORTEST ? safe : safe.replace(text, REMOVED);
        }
        return safe;
    }
}
