package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.Map;
import java.util.Set;

/**
 * Checks every name before a parenthesis: it is a call unless it is the name of a common table or the alias of a table,
 * and only allowed functions may be called. For one statement.
 */
final class CallRules {

    private static final Set<String> STARTS_A_QUERY = Set.of("select", "with", "(", "values", "table");
    private static final Set<String> SAMPLING =
            Set.of("bernoulli", "system", "system_rows", "system_time", "reservoir");
    private static final Set<String> XML_METHODS = Set.of("value", "query", "exist", "nodes");

    /** Words that may precede a parenthesis in one dialect only. */
    private static final Set<String> POSTGRES = Vocabulary.of("""
            coalesce nullif greatest least extract position substring overlay trim cast treat grouping normalize
            json_object json_objectagg json_array json_arrayagg json_query json_value json_exists json_table json_scalar
            json_serialize json current_time current_timestamp localtime localtimestamp only search cycle path
            xmlelement xmlforest xmlattributes xmlconcat xmltable xmlserialize""");

    private static final Set<String> MYSQL = Vocabulary.of("index key binary regexp rlike separator default primary");
    private static final Set<String> SQLSERVER = Vocabulary.of("path raw root option index pivot unpivot max");
    private static final Set<String> ORACLE =
            Vocabulary.of("keep pivot unpivot xml path sample getclobval getstringval getnumberval");
    private static final Set<String> DUCKDB = Vocabulary.of("""
            coalesce nullif ifnull grouping grouping_id extract position substring overlay trim cast try_cast exclude replace
            pivot unpivot percent rename map struct row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
            """);

    /**
     * Functions and the argument, counted from 0, that sets the length of the result; the statement must not choose
     * that length freely.
     */
    private static final Map<String, Integer> LENGTHS = Map.of("lpad", 1, "rpad", 1, "repeat", 1, "space", 0);

    private static final int LONGEST_PADDING_DIGITS = 4;

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;
    private final FunctionRules functions;

    CallRules(SqlText sql, Outline outline, SqlSyntax syntax, FunctionRules functions) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
        this.functions = functions;
    }

    /** @throws StatementRefused if the statement calls a function that is not allowed */
    void check() {
        for (int i = 0; i < sql.size(); i++) {
            Token token = sql.token(i);
            if (token.isName() && sql.token(i - 1).is(".") && !sql.token(i + 1).is("(")) {
                checkAttribute(i);
            }
            if (!sql.token(i + 1).is("(")) {
                checkBare(i);
                continue;
            }
            if (token.is("]") && syntax.is(Dialect.UNKNOWN, Dialect.SQLSERVER, Dialect.H2)) {
                throw new StatementRefused("a parenthesis after square brackets is not accepted");
            }
            if (token.is("with") && outline.role(i) == Role.OTHER) {
                checkHint(i + 1);
            } else if (token.isName()) {
                checkCall(i);
            }
        }
    }

    /** On Oracle a function's name without parentheses is a call too. */
    private void checkBare(int i) {
        Token token = sql.token(i);
        boolean named = syntax.is(Dialect.ORACLE) && token.isName() && outline.role(i) == Role.OTHER;
        if (named && !sql.token(i - 1).is(".") && !sql.token(i + 1).is(".") && functions.denies(token.lower())) {
            throw new StatementRefused("\"" + StatementRefused.shown(token.text())
                    + "\" may call the function of that name; write a column as table.column");
        }
    }

    private void checkCall(int i) {
        if (!isCommonTable(i) && !isAlias(i) && !isType(i) && !isOuterJoin(i)) {
            boolean allowed = sql.token(i - 1).is(".") ? isAllowedQualified(i) : isAllowed(i);
            if (!allowed) {
                throw notAllowed(sql.token(i).text());
            }
        }
        // both compute such a text in the server's process, where no request to cancel ends it
        if (syntax.is(Dialect.H2, Dialect.DUCKDB, Dialect.UNKNOWN)) {
            checkLength(i);
        }
    }

    /** {@code column (+)}, as Oracle marks the optional side of a join. */
    private boolean isOuterJoin(int i) {
        return syntax.is(Dialect.ORACLE)
                && sql.token(i + 2).is("+")
                && sql.token(i + 3).is(")");
    }

    static StatementRefused notAllowed(String name) {
        return new StatementRefused("the function \"" + StatementRefused.shown(name)
                + "\" is not on the list of allowed functions (connections.<name>.allow_functions extends it)");
    }

    private boolean isAllowed(int i) {
        Token token = sql.token(i);
        if (token.kind() == Kind.NAME) {
            return syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB) && functions.allows(token.text());
        }
        return isKeyword(token.text(), syntax, functions)
                || functions.allows(token.text())
                || (outline.role(i) == Role.METHOD && SAMPLING.contains(token.text()))
                || isPlaced(i);
    }

    static boolean isKeyword(String word, SqlSyntax syntax, FunctionRules functions) {
        return (Vocabulary.KEYWORDS.contains(word) || ownKeywords(syntax).contains(word)) && !functions.denies(word);
    }

    private static Set<String> ownKeywords(SqlSyntax syntax) {
        return switch (syntax.dialect()) {
            case POSTGRESQL -> POSTGRES;
            case MYSQL, MARIADB -> MYSQL;
            case SQLSERVER -> SQLSERVER;
            case ORACLE -> ORACLE;
            case DUCKDB -> DUCKDB;
            case H2, TRINO, UNKNOWN -> Set.of();
        };
    }

    /** {@code ORDER BY ... FETCH FIRST (5)}: keywords in this place only. */
    private boolean isPlaced(int i) {
        Token token = sql.token(i);
        Token before = sql.token(i - 1);
        return (token.is("first") && before.is("fetch"))
                || (token.is("next") && before.is("fetch"))
                || (token.is("option") && syntax.is(Dialect.SQLSERVER))
                || (token.is("repeatable") && before.is(")"))
                || (token.is("for") && !before.is("collation"));
    }

    private boolean isAllowedQualified(int i) {
        Token schema = sql.token(i - 2);
        Token name = sql.token(i);
        boolean exact = syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB, Dialect.H2, Dialect.ORACLE, Dialect.UNKNOWN);
        if (exact && (schema.kind() == Kind.NAME || name.kind() == Kind.NAME) && !isLower(schema, name)) {
            return false;
        }
        if (syntax.is(Dialect.DUCKDB) && functions.allows(name.text())) {
            // value.function() is function(value)
            return true;
        }
        if (sql.token(i - 3).is(".") || !schema.isName()) {
            return isXmlMethod(i);
        }
        return functions.allows(schema.lower(), name.lower()) || isXmlMethod(i);
    }

    /** A quoted name means the same as an unquoted one only where unquoted names are folded to lower case. */
    private boolean isLower(Token... names) {
        for (Token name : names) {
            if (!name.text().equals(name.lower())) {
                return false;
            }
        }
        return syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB);
    }

    /** {@code column.value('...', '...')}: a method of an XML column. */
    private boolean isXmlMethod(int i) {
        Token on = sql.token(i - 2);
        if (syntax.is(Dialect.ORACLE)) {
            return on.is(")") && sql.token(i).isOneOf(Set.of("getclobval", "getstringval", "getnumberval"));
        }
        return syntax.is(Dialect.SQLSERVER)
                && sql.token(i).isOneOf(XML_METHODS)
                && sql.token(i + 2).isText()
                && (on.is(")") || (on.isName() && !on.is("dbo") && !on.is("sys")));
    }

    /** {@code WITH name (columns) AS (SELECT ...)}: the name is not a call. No column has the name SELECT. */
    private boolean isCommonTable(int i) {
        if (outline.role(i) != Role.COMMON_TABLE || !areNames(i + 1)) {
            return false;
        }
        int at = outline.partner(i + 1) + 1;
        if (!sql.token(at).is("as")) {
            return false;
        }
        at += sql.token(at + 1).is("not") ? 2 : 1;
        at += sql.token(at).is("materialized") ? 1 : 0;
        return sql.token(at).is("(") && sql.token(at + 1).isOneOf(STARTS_A_QUERY);
    }

    /** {@code (SELECT ...) AS name (columns)}: the name is not a call either. */
    private boolean isAlias(int i) {
        return outline.role(i) == Role.ALIAS && areNames(i + 1);
    }

    /** Names, commas and, in a list of columns, the types that follow the names. */
    private boolean areNames(int open) {
        int close = outline.partner(open);
        boolean expectsName = true;
        for (int i = open + 1; i < close; i++) {
            Token token = sql.token(i);
            if (token.is(",")) {
                expectsName = true;
            } else if (expectsName && !token.isName()) {
                return false;
            } else if (expectsName) {
                expectsName = false;
            } else if (!isPartOfType(token)) {
                return false;
            }
        }
        return close > open + 1;
    }

    private boolean isPartOfType(Token token) {
        return syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB, Dialect.ORACLE)
                && (token.isName() || token.kind() == Kind.NUMBER || token.isOneOf(Set.of("(", ")", "[", "]", ".")));
    }

    /**
     * {@code CAST(x AS name(10, 2))} and {@code x::name(10)}: the name of a type. {@link TypeRules} decides which types
     * are allowed.
     */
    private boolean isType(int i) {
        Token before = sql.token(i - 1);
        boolean cast = before.is("as") && outline.opener(i).isOneOf(Vocabulary.CASTS);
        boolean colons = before.is("::") && !syntax.is(Dialect.SQLSERVER);
        if (!cast && !colons) {
            return outline.role(outline.opening(i) - 1) == Role.ALIAS
                    && sql.token(i - 1).isName();
        }
        for (int at = i + 2; at < outline.partner(i + 1); at++) {
            Token token = sql.token(at);
            if (!(token.kind() == Kind.NUMBER || token.isName() || token.is(","))
                    || sql.token(at + 1).is("(")) {
                return false;
            }
        }
        return true;
    }

    /** On PostgreSQL {@code value.name} calls the function {@code name} if there is no such column. */
    private void checkAttribute(int i) {
        if (outline.role(i) != Role.TABLE_PART
                && functions.deniesAttribute(sql.token(i).lower())) {
            throw new StatementRefused(
                    "\"." + StatementRefused.shown(sql.token(i).text())
                            + "\" may call the function of that name, which is not allowed; write the column without its table, or"
                            + " let connections.<name>.allow_functions name it");
        }
        if (syntax.is(Dialect.ORACLE, Dialect.UNKNOWN) && outline.role(i) == Role.OTHER) {
            checkPackage(i);
        }
    }

    /** On Oracle {@code package.function} is a call without a parenthesis. */
    private void checkPackage(int i) {
        Token owner = sql.token(i - 2);
        boolean pseudoColumn = sql.token(i).isOneOf(Set.of("rowid", "level"));
        if (owner.isName() && !sql.token(i - 3).is(".") && !pseudoColumn && !outline.declares(owner.lower())) {
            throw new StatementRefused("\""
                    + StatementRefused.shown(owner.text() + "." + sql.token(i).text())
                    + "\" may be a function of a package; write columns with a table or alias of the statement");
        }
    }

    /** {@code FROM t WITH (NOLOCK)}: hints that lock nothing. */
    private void checkHint(int open) {
        if (syntax.is(Dialect.SQLSERVER)
                && sql.token(outline.partner(open - 2) - 1).is("openjson")) {
            return;
        }
        Set<String> harmless = Set.of("nolock", "readuncommitted", "readcommitted", "readpast", "noexpand", ",");
        for (int i = open + 1; i < outline.partner(open); i++) {
            if (!syntax.is(Dialect.SQLSERVER) || !sql.token(i).isOneOf(harmless)) {
                throw new StatementRefused("table hints are not accepted");
            }
        }
    }

    private void checkLength(int i) {
        Token name = sql.token(i);
        Integer argument = LENGTHS.get(name.lower());
        if (argument != null && !isShort(i + 1, argument)) {
            throw new StatementRefused("the length in " + name.text() + " must be a plain number below 10000");
        }
    }

    private boolean isShort(int open, int argument) {
        int at = open + 1;
        int depth = 0;
        int seen = 0;
        for (; at < outline.partner(open) && seen < argument; at++) {
            depth += sql.token(at).is("(") ? 1 : sql.token(at).is(")") ? -1 : 0;
            seen += depth == 0 && sql.token(at).is(",") ? 1 : 0;
        }
        Token length = sql.token(at);
        return seen == argument
                && length.kind() == Kind.NUMBER
                && length.text().matches("\\d{1," + LONGEST_PADDING_DIGITS + "}")
                && (sql.token(at + 1).is(",") || at + 1 == outline.partner(open));
    }
}
