package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.SqlWords.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Lets exactly one read through: the words hold nothing that writes, locks or reaches the system's own tables, every
 * function is on the list, and the parser finds one {@code SELECT}. What it does not understand it refuses. Thread-safe.
 */
final class SqlGuard {

    private static final int LONGEST = 32_768;
    private static final int DEEPEST = 64;

    private static final Set<String> FORBIDDEN = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "upsert",
            "into",
            "create",
            "alter",
            "drop",
            "truncate",
            "grant",
            "revoke",
            "call",
            "exec",
            "execute",
            "prepare",
            "declare",
            "begin",
            "commit",
            "rollback",
            "savepoint",
            "set",
            "reset",
            "copy",
            "load",
            "attach",
            "detach",
            "pragma",
            "vacuum",
            "analyze",
            "explain",
            "lock",
            "share",
            "next",
            "nextval",
            "do",
            "handler",
            "script",
            "runscript",
            "backup",
            "shutdown",
            "outfile",
            "dumpfile",
            "procedure",
            "trigger");

    private static final Set<String> SYSTEM_SCHEMAS = Set.of(
            "information_schema", "pg_catalog", "pg_toast", "sys", "mysql", "performance_schema", "definition_schema");

    /** Words that may stand before an opening parenthesis without calling anything. */
    private static final Set<String> KEYWORDS = Set.of(
            "in",
            "exists",
            "any",
            "all",
            "some",
            "as",
            "and",
            "or",
            "not",
            "on",
            "using",
            "where",
            "select",
            "from",
            "join",
            "union",
            "except",
            "intersect",
            "over",
            "values",
            "when",
            "then",
            "else",
            "case",
            "between",
            "having",
            "by",
            "filter",
            "within",
            "group",
            "with",
            "recursive",
            "limit",
            "offset",
            "distinct",
            "like",
            "is",
            "partition",
            "lateral",
            "end",
            "decimal",
            "numeric",
            "varchar",
            "char",
            "timestamp",
            "time",
            "fetch",
            "first");

    private static final Set<String> FUNCTIONS = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "median",
            "mode",
            "percentile_cont",
            "percentile_disc",
            "string_agg",
            "listagg",
            "array_agg",
            "corr",
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "abs",
            "ceil",
            "ceiling",
            "floor",
            "round",
            "trunc",
            "mod",
            "power",
            "sqrt",
            "exp",
            "ln",
            "log",
            "log10",
            "sign",
            "greatest",
            "least",
            "coalesce",
            "nullif",
            "cast",
            "convert",
            "upper",
            "lower",
            "initcap",
            "trim",
            "ltrim",
            "rtrim",
            "substring",
            "substr",
            "left",
            "right",
            "length",
            "char_length",
            "character_length",
            "position",
            "locate",
            "instr",
            "replace",
            "concat",
            "concat_ws",
            "lpad",
            "rpad",
            "reverse",
            "translate",
            "split_part",
            "extract",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "quarter",
            "week",
            "day_of_week",
            "date_trunc",
            "date_part",
            "datediff",
            "dateadd",
            "timestampdiff",
            "timestampadd",
            "to_char",
            "to_date",
            "to_timestamp",
            "to_number",
            "date",
            "now",
            "current_date",
            "current_timestamp",
            "age",
            "formatdatetime",
            "monthname",
            "dayname",
            "ifnull",
            "nvl",
            "decode",
            "grouping",
            "json_value",
            "json_query");

    /**
     * @param allowed functions let through besides the built-in list, lower case
     * @return the statement without a closing semicolon
     * @throws StatementRefused if it is anything but one read
     */
    String check(String sql, Set<String> allowed) {
        if (sql.length() > LONGEST) {
            throw new StatementRefused("the statement is longer than " + LONGEST + " characters");
        }
        String one = sql.strip();
        while (one.endsWith(";")) {
            one = one.substring(0, one.length() - 1).strip();
        }
        List<Word> words = SqlWords.of(one);
        checkWords(words);
        checkCalls(words, allowed);
        checkParsed(one);
        return one;
    }

    private static void checkWords(List<Word> words) {
        int depth = 0;
        for (Word word : words) {
            String lower = word.text().toLowerCase(Locale.ROOT);
            depth += word.quoted() ? 0 : lower.equals("(") ? 1 : lower.equals(")") ? -1 : 0;
            if (depth > DEEPEST) {
                throw new StatementRefused("the statement is nested too deeply");
            }
            if (!word.quoted() && lower.equals(";")) {
                throw new StatementRefused("exactly one statement is accepted, and this text holds several");
            }
            if (word.name() && SYSTEM_SCHEMAS.contains(lower) || word.name() && lower.startsWith("pg_")) {
                throw new StatementRefused(
                        "system tables are not for queries; sql_list_tables and sql_describe_table tell about the schema");
            }
            if (word.name() && !word.quoted() && FORBIDDEN.contains(lower)) {
                throw new StatementRefused("only reading is possible here: one SELECT, without \"" + lower
                        + "\" (a column of that name must be quoted)");
            }
        }
    }

    private static void checkCalls(List<Word> words, Set<String> allowed) {
        for (int i = 0; i + 1 < words.size(); i++) {
            Word word = words.get(i);
            Word after = words.get(i + 1);
            if (!word.name() || after.quoted() || !after.text().equals("(")) {
                continue;
            }
            boolean qualified = i > 0 && words.get(i - 1).text().equals(".");
            boolean known =
                    KEYWORDS.contains(word.text()) || FUNCTIONS.contains(word.text()) || allowed.contains(word.text());
            if (word.quoted() || qualified || !(known || isCommonTable(words, i))) {
                throw new StatementRefused("the function \"" + printable(word.text())
                        + "\" is not on the list of allowed functions (connections.<name>.allow_functions extends it)");
            }
        }
    }

    /** {@code WITH name (columns) AS (...)}: the name calls nothing. */
    private static boolean isCommonTable(List<Word> words, int i) {
        if (i == 0
                || !Set.of("with", "recursive", ",").contains(words.get(i - 1).text())) {
            return false;
        }
        int close = i + 2;
        while (close < words.size()
                && (words.get(close).name() || words.get(close).text().equals(","))) {
            close++;
        }
        return close + 2 < words.size()
                && words.get(close).text().equals(")")
                && words.get(close + 1).text().equals("as")
                && words.get(close + 2).text().equals("(");
    }

    private static void checkParsed(String sql) {
        Statements statements;
        try {
            statements = CCJSqlParserUtil.parseStatements(sql);
        } catch (JSQLParserException | RuntimeException | StackOverflowError e) {
            throw new StatementRefused("the statement cannot be read as one SELECT; check its syntax");
        }
        if (statements.size() != 1) {
            throw new StatementRefused("exactly one statement is accepted");
        }
        Statement statement = statements.get(0);
        if (!(statement instanceof Select select)) {
            throw new StatementRefused("only reading is possible here: one SELECT");
        }
        // INTO is among the forbidden words already; FOR stands in SUBSTRING too, so only the parser can tell it
        if (locks(select)) {
            throw new StatementRefused("only reading is possible here: no FOR UPDATE");
        }
    }

    private static boolean locks(Select select) {
        return select instanceof PlainSelect plain && plain.getForMode() != null
                || select instanceof ParenthesedSelect inner && locks(inner.getSelect());
    }

    private static String printable(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 64 ? safe : safe.substring(0, 64);
    }
}
