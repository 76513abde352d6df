package io.mcpdata.toolkit.sql.guard;

import java.util.List;
import java.util.Set;

/**
 * Accepts exactly one read. No word may write, lock or use the system's own tables, every function must be allowed, and
 * the parser must find one {@code SELECT}. The guard refuses text that it cannot read. If only the parser cannot read a
 * statement and the database enforces a read-only transaction, the database decides on the syntax. Thread-safe.
 */
public final class SqlGuard {

    private static final Set<String> FIRST = Set.of("select", "with", "values");

    /**
     * @param functions the functions that may be called
     * @throws StatementRefused if the statement is anything but one read
     */
    public GuardedStatement check(String sql, SqlSyntax syntax, FunctionRules functions) {
        return check(sql, syntax, functions, false);
    }

    /**
     * @param functions the functions that may be called
     * @param listsTables whether the statement's tables must be found, so that rules can decide on them
     * @throws StatementRefused if the statement is anything but one read, or its tables cannot be found
     */
    public GuardedStatement check(String sql, SqlSyntax syntax, FunctionRules functions, boolean listsTables) {
        SqlText text = SqlText.of(sql, syntax);
        if (!beginsAQuery(text, syntax)) {
            throw new StatementRefused("only reading is possible here: one SELECT (WITH and VALUES may begin it too)");
        }
        Outline outline = new Outline(text);
        WordRules words = new WordRules(text, outline, syntax);
        words.check();
        new DoubleQuotedTextRules(text, outline, syntax).check();
        new TypeRules(text, outline, syntax, functions).check();
        new TableRules(text, outline, syntax).check();
        new CallRules(text, outline, syntax, functions).check();
        SqlTree tree = checkTree(text, syntax, functions, words.isDoubtful() || listsTables);
        return new GuardedStatement(
                text.text(),
                Markers.of(text, syntax),
                text.tokens().stream().anyMatch(token -> token.is("like") || token.is("ilike")),
                listsTables ? new TableReferences(text, outline, syntax).of(tree) : List.of(),
                listsTables ? tree.columnsInExpressions() : List.of());
    }

    /** Behind EXPLAIN, PostgreSQL reads other words in a first parenthesis as options. */
    private static boolean beginsAQuery(SqlText text, SqlSyntax syntax) {
        int first = 0;
        while (text.token(first).is("(")) {
            first++;
        }
        Token word = text.token(first);
        return word.isOneOf(FIRST) || (first > 0 && word.is("table")) || (word.is("from") && syntax.is(Dialect.DUCKDB));
    }

    private static SqlTree checkTree(SqlText text, SqlSyntax syntax, FunctionRules functions, boolean insists) {
        boolean needed = insists || !decidesItself(syntax);
        SqlTree tree = SqlTree.of(text, syntax, needed);
        if (tree.isParsed()) {
            tree.check(functions);
            if (syntax.is(Dialect.H2)) {
                tree.select().flatMap(EmbeddedBounds::check).ifPresent(why -> {
                    throw new StatementRefused(why);
                });
            }
        } else if (needed) {
            throw new StatementRefused(
                    "the statement cannot be read as one SELECT" + tree.problem() + "; check its syntax");
        }
        return tree;
    }

    private static boolean decidesItself(SqlSyntax syntax) {
        return syntax.is(Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB, Dialect.TRINO, Dialect.DUCKDB);
    }
}
