package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at every word: none may write, lock, start another statement or tell about the account. For one statement. */
final class WordRules {

    /** Words that write or leave the statement in any dialect, and that no dialect takes as a plain name. */
    private static final Set<String> EVERYWHERE = Vocabulary.of("into outfile dumpfile uescape java_object");

    /** Where no semicolon is needed these begin another statement; all of them are reserved there. */
    private static final Set<String> STATEMENTS = Vocabulary.of("""
            insert update delete merge upsert create alter drop truncate grant revoke deny
            call exec execute deallocate declare begin commit rollback savepoint set setuser
            procedure trigger backup restore shutdown
            bulk checkpoint dbcc kill print raiserror reconfigure revert use waitfor writetext updatetext
            updlock xlock tablock tablockx holdlock rowlock paglock""");

    /** Words that begin a statement inside of a query: as a name they need the parser's word. */
    private static final Set<String> INNER_STATEMENTS = Vocabulary.of("""
            insert update delete merge upsert replace call exec execute show explain describe pragma summarize copy set
            analyze""");

    /** What may stand behind a column that is called like such a word. */
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

    /** What tells about the account behind the connection, without a parenthesis. */
    private static final Set<String> ACCOUNT = Vocabulary.of("""
            current_user session_user system_user current_role current_catalog suser_name suser_sname
            ora_invoking_user ora_invoking_userid ora_login_user ora_database_name""");

    /** Words that PostgreSQL reads as operators. */
    private static final Map<String, Set<String>> OPERATORS_OF_WORDS = Map.ofEntries(
            Map.entry("like", Set.of("~~", "!~~")),
            Map.entry("ilike", Set.of("~~*", "!~~*")),
            Map.entry("similar", Set.of("~", "!~")),
            Map.entry("between", Set.of(">=", "<=", ">", "<")),
            Map.entry("in", Set.of("=", "<>")),
            Map.entry("case", Set.of("=")),
            Map.entry("nullif", Set.of("=")),
            Map.entry("using", Set.of("=")),
            Map.entry("natural", Set.of("=")),
            Map.entry("distinct", Set.of("=")));

    private static final Set<String> CASTS = Vocabulary.of("cast try_cast safe_cast convert try_convert row table");
    private static final Set<String> OBJECTS = Vocabulary.of("other object java_object");
    /** PostgreSQL's types that tell names of accounts and of what is in its catalogue. */
    private static final Set<String> REGISTERED = Vocabulary.of("""
            regclass regcollation regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
            aclitem""");

    private static final Set<String> BEFORE_ALIAS = Vocabulary.of("as select distinct , (");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$ ]*");
    private static final int MOST_WORDS = 10_000;
    private static final int DEEPEST = 64;
    private static final int MOST_CASES = 256;

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;
    private final FunctionRules functions;
    private final boolean deniedRows;
    private boolean doubtful;

    WordRules(SqlText sql, Outline outline, SqlSyntax syntax, FunctionRules functions) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
        this.functions = functions;
        this.deniedRows = hasDeniedRows();
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
            if (token.isName()) {
                checkType(i);
            }
            if (token.isText() && syntax.doubleQuotedText() && sql.text().charAt(token.start()) == '"') {
                checkDoubleQuoted(i);
            }
            if (token.is("~") && syntax.is(Dialect.H2)) {
                throw endless("~");
            }
            if (!functions.deniedOperators().isEmpty()) {
                checkOperator(i);
            }
        }
    }

    private void checkOperator(int i) {
        Token token = sql.token(i);
        Set<String> operators =
                token.isWord() ? OPERATORS_OF_WORDS.getOrDefault(token.text(), Set.of()) : Set.of(operator(i));
        for (String operator : operators) {
            if (functions.deniedOperators().contains(operator)) {
                throw new StatementRefused("the operator " + operator + " of this database calls a function that is not"
                        + " allowed (connections.<name>.allow_functions)");
            }
        }
    }

    /** The operator that begins here; a question mark is one of its characters. */
    private String operator(int i) {
        Token first = sql.token(i);
        if (first.kind() != Kind.SYMBOL) {
            return "";
        }
        if (sql.token(i - 1).is("?") && sql.token(i - 1).end() == first.start()) {
            return first.text();
        }
        StringBuilder operator = new StringBuilder(first.text());
        boolean marked = first.is("?");
        for (int at = i + 1;
                sql.token(at).kind() == Kind.SYMBOL
                        && sql.token(at).start() == sql.token(at - 1).end()
                        && at < sql.size();
                at++) {
            marked |= sql.token(at).is("?");
            operator.append(sql.token(at).text());
        }
        return marked ? operator.toString() : first.text();
    }

    /** Whether a word that begins a statement was taken for a name: then the parser must say so too. */
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
        boolean column = isBehindDot(i);
        if (word.text().equals("nextval") || (column && word.text().equals("currval"))) {
            throw onlyReading(word.text());
        }
        if (!column && ((word.isOneOf(EVERYWHERE) && !isUnpivotedName(i)) || isForbiddenStatement(i))) {
            throw onlyReading(word.text());
        }
        if (after.isWord() && PAIRS.contains(word.text() + " " + after.text()) && !isBetweenNames(i)) {
            throw onlyReading(word.text() + " " + after.text());
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

    /** {@code UNPIVOT ... INTO NAME month VALUE amount}: DuckDB has no other INTO in a query. */
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

    /** {@code lock in (1, 2)}: a column of that name, if no word of the pair's language goes on. */
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
            // a call of that name is the functions' matter
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

    /** Types whose values are objects of the server's, or names of the database's own tables. */
    private void checkType(int i) {
        String name = sql.token(i).text().toLowerCase(java.util.Locale.ROOT);
        boolean column = isBehindDot(i)
                && !sql.token(i - 2).text().toLowerCase(java.util.Locale.ROOT).equals("pg_catalog");
        if (syntax.is(Dialect.POSTGRESQL) && !column && isRegistered(name)) {
            throw new StatementRefused("the type " + name + " is not accepted: it tells names of the database's own");
        }
        Outline.Role role = outline.role(i);
        boolean table = role == Outline.Role.TABLE || role == Outline.Role.TABLE_PART;
        if (deniedRows && role == Outline.Role.OTHER && isWholeRow(i, name)) {
            throw new StatementRefused("the row \"" + StatementRefused.shown(name)
                    + "\" has a cast that calls a function that is not allowed; name its columns");
        }
        if (!table && functions.deniedTypes().contains(name)) {
            throw new StatementRefused("the type " + StatementRefused.shown(name)
                    + " calls a function that is not allowed (connections.<name>.allow_functions)");
        }
        if (functions.deniedCasts().contains(name) && isTarget(i)) {
            throw new StatementRefused("a value of the type " + StatementRefused.shown(name)
                    + " calls a function that is not allowed (connections.<name>.allow_functions)");
        }
        if (syntax.is(Dialect.H2, Dialect.UNKNOWN) && OBJECTS.contains(name) && isType(i)) {
            throw new StatementRefused("the type " + name + " is not accepted: its values are Java objects");
        }
    }

    private boolean isWholeRow(int i, String name) {
        return outline.declares(name)
                && !isBehindDot(i)
                && !sql.token(i + 1).is(".")
                && !sql.token(i + 1).is("(");
    }

    /** Whether a table of the statement has rows whose casts call a function that is not allowed. */
    private boolean hasDeniedRows() {
        for (int i = 0; i < sql.size() && !functions.deniedTypes().isEmpty(); i++) {
            Outline.Role role = outline.role(i);
            if ((role == Outline.Role.TABLE || role == Outline.Role.TABLE_PART)
                    && functions.deniedTypes().contains(sql.token(i).text().toLowerCase(java.util.Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** With an underscore before it a type's name is that of its arrays. */
    private static boolean isRegistered(String name) {
        return REGISTERED.contains(name.startsWith("_") ? name.substring(1) : name);
    }

    /** Whether a type of this name is the target of a cast, or that of a column in a list of columns. */
    private boolean isTarget(int i) {
        int first = i;
        while (sql.token(first - 1).is(".") && sql.token(first - 2).isName()) {
            first -= 2;
        }
        Token before = sql.token(first - 1);
        boolean last = !sql.token(i + 1).is(".");
        boolean listed = outline.opening(i) >= 0 && before.isName() && !before.isOneOf(Vocabulary.KEYWORDS);
        boolean field =
                syntax.is(Dialect.POSTGRESQL) && sql.token(i - 1).is(".") && outline.role(i) == Outline.Role.OTHER;
        boolean cast = before.is("as") && CASTS.contains(outline.opener(i).text());
        return last
                && (before.is("::")
                        || cast
                        || field
                        || listed
                        || sql.token(i + 1).isText());
    }

    private boolean isType(int i) {
        Token before = sql.token(i - 1);
        boolean inCast = CASTS.contains(outline.opener(i).text()) && !before.is(".");
        return before.is("::")
                || before.is(":")
                || inCast
                || sql.token(i + 1).is("array")
                || sql.token(i + 1).is("(");
    }

    /** In MySQL a name in double quotes is silently a constant: it is accepted only where a text makes sense. */
    private void checkDoubleQuoted(int i) {
        Token before = sql.token(i - 1);
        boolean alias = before.is("as") || before.is(")") || (before.isName() && isAliasPosition(i));
        boolean argument = before.isOneOf(Set.of("(", ",")) && isArgument(i);
        boolean operand = before.kind() == Kind.SYMBOL
                        && Set.of("=", "<", ">", "!", "+", "-", "*", "/", "|").contains(before.text())
                || before.isOneOf(
                        Set.of("like", "regexp", "rlike", "then", "else", "separator", "in", "escape", "interval"))
                || (before.is("when") && !sql.token(i - 2).is("case"))
                || before.isOneOf(Set.of("between"))
                || (before.is("and") && isBetween(i - 1))
                || before.isOneOf(Set.of("date", "time", "timestamp"));
        boolean nameLike = NAME.matcher(sql.token(i).text()).matches();
        if (nameLike && !(alias || argument || operand)) {
            throw new StatementRefused(
                    "in this database \"" + StatementRefused.shown(sql.token(i).text())
                            + "\" is a text and no name; write `name` for a name and 'text' for a text");
        }
    }

    private boolean isAliasPosition(int i) {
        Token after = sql.token(i + 1);
        return !sql.token(i - 1).isOneOf(BEFORE_ALIAS)
                && !sql.token(i - 1)
                        .isOneOf(Set.of("by", "where", "and", "or", "not", "on", "from", "join", "having", "all"))
                && (after.is(",") || after.is("from") || after == Token.NONE);
    }

    private boolean isArgument(int i) {
        Token opener = outline.opener(i);
        return outline.opening(i) >= 0
                && (opener.is("in") || (opener.isName() && !opener.isOneOf(Vocabulary.KEYWORDS)));
    }

    private boolean isBetween(int and) {
        for (int i = and - 1; i >= 0 && i > and - 12; i--) {
            if (sql.token(i).is("between")) {
                return true;
            }
        }
        return false;
    }

    /** Behind {@code table.} no dialect reads a keyword. {@code 1.} is no table but a number. */
    private boolean isBehindDot(int i) {
        return sql.token(i - 1).is(".") && sql.token(i - 2).isName();
    }
}
