package io.mcpdata.toolkit.sql.guard;

import java.util.Set;

/**
 * Checks every word: none may write, lock, start another statement or show details of the account. For one statement.
 */
final class WordRules {

    /** Words that write or leave the statement in any dialect, and that no dialect reads as a plain name. */
    private static final Set<String> EVERYWHERE = Vocabulary.of("into outfile dumpfile uescape java_object");

    /** Words that begin another statement in dialects that need no semicolon; all of them are reserved there. */
    private static final Set<String> STATEMENTS = Vocabulary.of("""
            insert update delete merge upsert create alter drop truncate grant revoke deny
            call exec execute deallocate declare begin commit rollback savepoint set setuser
            procedure trigger backup restore shutdown
            bulk checkpoint dbcc kill print raiserror reconfigure revert use waitfor writetext updatetext
            updlock xlock tablock tablockx holdlock rowlock paglock""");

    /** Words that begin a statement inside a query: they are names only if the parser reads them as names. */
    private static final Set<String> INNER_STATEMENTS = Vocabulary.of("""
            insert update delete merge upsert replace call exec execute show explain describe pragma summarize copy set
            analyze""");

    /** Tokens that may follow a column with the name of such a word. */
    private static final Set<String> BEHIND_A_COLUMN = Vocabulary.of("""
            is in and or not between like ilike similar desc asc nulls end then else when from where group order having
            limit offset union except intersect join left right full inner cross natural on using as over filter collate at
            window fetch for rlike regexp div mod""");

    private static final Set<String> PAIRS = Set.of(
            "next value",
            "previous value",
            "nextval for",
            "prevval for",
            "for share",
            "for key",
            "for no",
            "key share",
            "in share",
            "lock in",
            "for update",
            "for browse",
            "with function",
            "with procedure",
            "procedure analyse",
            "use plan",
            "use hint");

    /** Words that show the account behind the connection without a parenthesis. */
    private static final Set<String> ACCOUNT = Vocabulary.of("""
            current_user session_user system_user current_role current_catalog suser_name suser_sname
            ora_invoking_user ora_invoking_userid ora_login_user ora_database_name""");

    private static final int MOST_WORDS = 10_000;
    private static final int DEEPEST = 64;
    private static final int MOST_CASES = 256;

    private static final Set<String> OF_STATEMENT = Set.of("session", "function");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;
    private boolean doubtful;

    WordRules(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
    }

    /** @throws StatementRefused if a word is not accepted */
    void check() {
        checkSize();
        for (int i = 0; i < sql.size(); i++) {
            Token token = sql.token(i);
            if (token.is(";")) {
                throw new StatementRefused("exactly one statement is accepted, and this text holds several");
            }
            if (token.isWord()) {
                checkWord(i);
            }
            if (token.is("~") && syntax.is(Dialect.H2)) {
                throw endless("~");
            }
        }
    }

    /** Whether a word that begins a statement was read as a name: then the parser must agree. */
    boolean isDoubtful() {
        return doubtful;
    }

    private void checkSize() {
        if (sql.size() > MOST_WORDS) {
            throw new StatementRefused("the statement has more than " + MOST_WORDS + " words and symbols");
        }
        if (sql.tokens().stream().filter(token -> token.is("case")).count() > MOST_CASES) {
            throw new StatementRefused("the statement has more than " + MOST_CASES + " CASE expressions");
        }
        if (outline.depth() > DEEPEST) {
            throw new StatementRefused("the statement is nested more than " + DEEPEST + " levels deep");
        }
    }

    private void checkWord(int i) {
        Token word = sql.token(i);
        Token after = sql.token(i + 1);
        boolean column = sql.isBehindDot(i);
        if (word.text().equals("nextval") || (column && word.text().equals("currval"))) {
            throw onlyReading(word.text());
        }
        if (!column && ((word.isOneOf(EVERYWHERE) && !isUnpivotedName(i)) || isForbiddenStatement(i))) {
            throw onlyReading(word.text());
        }
        if (after.isWord() && PAIRS.contains(word.text() + " " + after.text()) && !isBetweenNames(i)) {
            throw onlyReading(word.text() + " " + after.text());
        }
        if (syntax.is(Dialect.TRINO) && isSettingOfStatement(i)) {
            throw new StatementRefused("\"" + word.text() + " " + after.text()
                    + "\" is not accepted: it changes settings of the session, or defines a function; begin with SELECT, or with"
                    + " WITH and a common table");
        }
        if (!column && isOfAccount(i)) {
            throw new StatementRefused(
                    "\"" + word.text() + "\" is not accepted, it tells the account; platform_info tells who"
                            + " you are here" + (word.is("user") ? " (quote it if it is a column)" : ""));
        }
        if (!column && syntax.is(Dialect.H2, Dialect.UNKNOWN) && (word.is("regexp") || word.is("rlike"))) {
            throw endless(word.text());
        }
    }

    /** {@code WITH SESSION name = value} and {@code WITH FUNCTION name(...)}; a common table may have these names too. */
    private boolean isSettingOfStatement(int i) {
        return sql.token(i).is("with")
                && sql.token(i + 1).isOneOf(OF_STATEMENT)
                && sql.token(i + 2).isName()
                && !sql.token(i + 2).is("as");
    }

    /** {@code UNPIVOT ... INTO NAME month VALUE amount}: the only INTO in a query of DuckDB. */
    private boolean isUnpivotedName(int i) {
        return syntax.is(Dialect.DUCKDB)
                && sql.token(i).is("into")
                && sql.token(i + 1).is("name")
                && sql.token(i + 3).is("value");
    }

    private static StatementRefused endless(String operator) {
        return new StatementRefused("\"" + operator
                + "\" is not accepted: an embedded database cannot be stopped while it matches; use LIKE");
    }

    private static StatementRefused onlyReading(String found) {
        return new StatementRefused("only reading is possible here: one SELECT, without \"" + found
                + "\" (a column of that name must be quoted or written as table.column)");
    }

    /** {@code lock in (1, 2)}: a column of that name, because the locking clause continues in another way. */
    private boolean isBetweenNames(int i) {
        return (sql.token(i).is("lock") && sql.token(i + 2).is("("))
                || sql.token(i - 1).is(".");
    }

    private boolean isForbiddenStatement(int i) {
        Token word = sql.token(i);
        if (syntax.strict() || syntax.is(Dialect.SQLSERVER)) {
            return word.isOneOf(STATEMENTS);
        }
        if (!word.isOneOf(INNER_STATEMENTS) || sql.token(i + 1).is("(")) {
            // the rules for functions check a call of that name
            return false;
        }
        Token before = sql.token(i - 1);
        Token after = sql.token(i + 1);
        boolean begins = i == 0 || before.is("(") || before.is(")") || before.is("as");
        if (begins && after.isName() && !(after.isOneOf(BEHIND_A_COLUMN) && !after.is("from"))) {
            return true;
        }
        if (syntax.is(Dialect.DUCKDB) && before.is("(") && (after.isText() || outline.role(i) == Outline.Role.TABLE)) {
            return true;
        }
        doubtful = true;
        return false;
    }

    private boolean isOfAccount(int i) {
        Token word = sql.token(i);
        if (word.isOneOf(ACCOUNT)) {
            return true;
        }
        boolean keyword = syntax.is(Dialect.H2, Dialect.POSTGRESQL, Dialect.ORACLE, Dialect.SQLSERVER, Dialect.UNKNOWN);
        return word.is("user")
                && keyword
                && !sql.token(i - 1).is("as")
                && !sql.token(i + 1).is(".")
                && outline.role(i) == Outline.Role.OTHER;
    }
}
