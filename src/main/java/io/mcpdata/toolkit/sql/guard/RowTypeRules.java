package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import java.util.Set;

/**
 * On PostgreSQL each table has a type of its name, and {@code (NULL::t).*} shows its columns. Where tables may be
 * hidden, only types that belong to no table are accepted. For one statement.
 */
final class RowTypeRules {

    private static final Set<String> TYPES = Vocabulary.of("""
            int integer int2 int4 int8 smallint bigint decimal numeric real double float float4 float8 bool boolean
            char character varchar bpchar text nchar national name bytea date time timetz timestamp timestamptz interval json jsonb
            jsonpath uuid xml inet cidr macaddr macaddr8 money bit varbit point line lseg box path polygon circle tsvector tsquery oid
            int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange
            tsmultirange tstzmultirange datemultirange citext hstore ltree lquery ltxtquery cube vector halfvec sparsevec
            geometry geography""");

    /** These words can stand between a name and a text, or behind a name in a list of columns. */
    private static final Set<String> COLUMN_WORDS =
            Vocabulary.of("for path format exists default not null passing columns nested as error empty on by ref");

    /** Words that a text can follow, and that are no types. */
    private static final Set<String> BEFORE_TEXT = Vocabulary.of("""
            select distinct all where and or not in like ilike similar to between when then else case from on having by is as
            escape zone limit offset collate format path default values array using union passing columns with without end uescape placing
            return any some leading trailing both for symmetric asc desc row rows""");

    private static final Set<String> LISTS_COLUMNS = Set.of("json_table", "xmltable", "columns");

    /** No column has these words for a name without quotes. */
    private static final Set<String> BEGINS_A_QUERY = Set.of("select", "with", "table", "(");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;

    RowTypeRules(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
    }

    /** @throws StatementRefused if a type may be the row of a table */
    void check() {
        for (int i = 0; syntax.is(Dialect.POSTGRESQL) && i < sql.size(); i++) {
            if (sql.token(i).isName() && isType(i) && !isKnown(i)) {
                throw new StatementRefused("the type \""
                        + StatementRefused.shown(sql.token(i).text())
                        + "\" is not accepted, because it could be the row of a table that is hidden from you; cast to a"
                        + " type of the database itself, such as text");
            }
        }
    }

    private boolean isKnown(int i) {
        if (sql.token(i).is("pg_catalog") && sql.token(i + 1).is(".")) {
            return TYPES.contains(sql.token(i + 2).lower());
        }
        return !sql.token(i + 1).is(".") && TYPES.contains(sql.token(i).lower());
    }

    /** Whether the name of a type begins here. */
    private boolean isType(int i) {
        Token before = sql.token(i - 1);
        if (before.is("setof")) {
            return true;
        }
        boolean word = sql.token(i).isWord();
        return before.is("::")
                || (before.is("as") && outline.role(i) == Role.OTHER && isInCast(i))
                || (before.is("returning") && outline.opening(i) >= 0)
                || isListed(i, before)
                || (outline.role(i) == Role.OTHER
                        && endsAtText(i)
                        && !before.is(".")
                        && !(word
                                && Vocabulary.KEYWORDS.contains(sql.token(i).text())
                                && !sql.token(i + 1).is("."))
                        && !sql.token(i).isOneOf(BEFORE_TEXT));
    }

    private boolean isInCast(int i) {
        Token opener = outline.opener(i);
        return opener.isOneOf(Vocabulary.CASTS) || opener.is("xmlserialize") || opener.is("treat");
    }

    /** {@code schema.type 'text'} and {@code type 'text'}. */
    private boolean endsAtText(int i) {
        int last = i;
        while (sql.token(last + 1).is(".") && sql.token(last + 2).isName()) {
            last += 2;
        }
        return sql.token(last + 1).isText();
    }

    /** A name behind the name of a column, in {@code AS alias (column type)} and the columns of JSON and XML tables. */
    private boolean isListed(int i, Token before) {
        int open = outline.opening(i);
        if (open < 0 || !before.isName() || sql.token(i - 1).is(".")) {
            return false;
        }
        if (outline.role(open - 1) == Role.ALIAS || isListOfFunction(open)) {
            return isBeginOfColumn(i - 1, open);
        }
        return outline.opener(i).isOneOf(LISTS_COLUMNS)
                && !sql.token(i).isOneOf(COLUMN_WORDS)
                && !before.isOneOf(Set.of("passing", "as", "path", "format", "default", "by", "ref", "returning"))
                && (isBeginOfColumn(i - 1, open) || sql.token(i - 2).is("columns"));
    }

    /** {@code f() AS (column type)}, and not {@code name (columns) AS (SELECT ...)}. */
    private boolean isListOfFunction(int open) {
        Token first = sql.token(open + 1);
        boolean query = first.isOneOf(BEGINS_A_QUERY)
                || (first.is("values") && sql.token(open + 2).is("("));
        return sql.token(open - 1).is("as") && sql.token(open - 2).is(")") && !query;
    }

    private boolean isBeginOfColumn(int i, int open) {
        return sql.token(i - 1).is(",") || i - 1 == open;
    }
}
