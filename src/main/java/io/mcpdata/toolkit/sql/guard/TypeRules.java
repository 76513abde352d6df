package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.Map;
import java.util.Set;

/**
 * Checks every type and operator: none may call a function that is not allowed, create a Java object or show names of
 * the database's own objects. For one statement.
 */
final class TypeRules {

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

    /** {@code ROW(a type)} and {@code TABLE(a type = ...)} of H2. */
    private static final Set<String> LISTS_TYPES = Set.of("row", "table");

    private static final Set<String> OBJECTS = Vocabulary.of("other object java_object");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;
    private final FunctionRules functions;
    private final boolean deniedRows;

    TypeRules(SqlText sql, Outline outline, SqlSyntax syntax, FunctionRules functions) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
        this.functions = functions;
        this.deniedRows = hasDeniedRows();
    }

    /** @throws StatementRefused if a type or an operator is not accepted */
    void check() {
        for (int i = 0; i < sql.size(); i++) {
            if (sql.token(i).isName()) {
                checkType(i);
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
        if (sql.token(i - 1).is("?") && first.touches(sql.token(i - 1))) {
            return first.text();
        }
        StringBuilder operator = new StringBuilder(first.text());
        boolean marked = first.is("?");
        for (int at = i + 1;
                sql.token(at).kind() == Kind.SYMBOL && sql.token(at).touches(sql.token(at - 1)) && at < sql.size();
                at++) {
            marked |= sql.token(at).is("?");
            operator.append(sql.token(at).text());
        }
        return marked ? operator.toString() : first.text();
    }

    /** Types whose values are objects of the server, or names of the database's own tables. */
    private void checkType(int i) {
        String name = sql.token(i).lower();
        boolean column = sql.isBehindDot(i) && !sql.token(i - 2).lower().equals("pg_catalog");
        if (syntax.is(Dialect.POSTGRESQL) && !column && FunctionRules.tellsNames(name)) {
            throw new StatementRefused("the type " + name + " is not accepted: it tells names of the database's own");
        }
        if (deniedRows && outline.role(i) == Role.OTHER && isWholeRow(i, name)) {
            throw new StatementRefused("the row \"" + StatementRefused.shown(name)
                    + "\" has a cast that calls a function that is not allowed; name its columns");
        }
        if (!outline.isTable(i) && functions.deniedTypes().contains(name)) {
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
                && !sql.isBehindDot(i)
                && !sql.token(i + 1).is(".")
                && !sql.token(i + 1).is("(");
    }

    /** Whether the statement uses a table whose rows have casts that call a function that is not allowed. */
    private boolean hasDeniedRows() {
        for (int i = 0; i < sql.size() && !functions.deniedTypes().isEmpty(); i++) {
            if (outline.isTable(i)
                    && functions.deniedTypes().contains(sql.token(i).lower())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a type of this name is the target of a cast, or the type of a column in a list of columns. */
    private boolean isTarget(int i) {
        int first = i;
        while (sql.token(first - 1).is(".") && sql.token(first - 2).isName()) {
            first -= 2;
        }
        Token before = sql.token(first - 1);
        boolean last = !sql.token(i + 1).is(".");
        boolean listed = outline.opening(i) >= 0 && before.isName() && !before.isOneOf(Vocabulary.KEYWORDS);
        boolean field = syntax.is(Dialect.POSTGRESQL) && sql.token(i - 1).is(".") && outline.role(i) == Role.OTHER;
        boolean cast = before.is("as") && isInCast(i);
        return last
                && (before.is("::")
                        || cast
                        || field
                        || listed
                        || sql.token(i + 1).isText());
    }

    private boolean isType(int i) {
        Token before = sql.token(i - 1);
        boolean inCast = isInCast(i) && !before.is(".");
        return before.is("::")
                || before.is(":")
                || inCast
                || sql.token(i + 1).is("array")
                || sql.token(i + 1).is("(");
    }

    private boolean isInCast(int i) {
        String opener = outline.opener(i).text();
        return Vocabulary.CASTS.contains(opener) || LISTS_TYPES.contains(opener);
    }
}
