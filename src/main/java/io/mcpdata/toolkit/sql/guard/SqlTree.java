package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserTreeConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * A statement's parse tree. The parser reads many dialects at once, so it gets a text of the same length with standard
 * quotes; its positions are those of the statement. For one statement.
 */
final class SqlTree {

    /** The parser's result for a text. */
    private record Parsed(
            @Nullable Statements statements, @Nullable Node root, String problem) {}

    private static final Set<Integer> WRITES = Set.of(
            CCJSqlParserTreeConstants.JJTPARENTHESEDINSERT,
            CCJSqlParserTreeConstants.JJTPARENTHESEDUPDATE,
            CCJSqlParserTreeConstants.JJTPARENTHESEDDELETE,
            CCJSqlParserTreeConstants.JJTWITHFUNCTIONDECLARATION,
            CCJSqlParserTreeConstants.JJTEXPORT,
            CCJSqlParserTreeConstants.JJTIMPORT);

    private final SqlSyntax syntax;
    private final Parsed parsed;
    private final List<Integer> quotes;

    /** @param quotes the positions of inserted quotes in the statement, in order */
    private SqlTree(SqlSyntax syntax, Parsed parsed, List<Integer> quotes) {
        this.syntax = syntax;
        this.parsed = parsed;
        this.quotes = quotes;
    }

    /** @param insists whether to try again with quotes around names that the parser takes for keywords */
    static SqlTree of(SqlText sql, SqlSyntax syntax, boolean insists) {
        String text = standard(sql);
        Parsed first = parse(text);
        List<Integer> quotes = new ArrayList<>();
        String quoted = insists && first.statements() == null ? withQuotedNames(text, sql, quotes) : text;
        if (!quoted.equals(text)) {
            Parsed second = parse(quoted);
            if (second.statements() != null) {
                return new SqlTree(syntax, second, quotes);
            }
        }
        return new SqlTree(syntax, first, List.of());
    }

    boolean isParsed() {
        return parsed.statements() != null;
    }

    /** The position and token at which the parser stopped; empty if it read the statement. */
    String problem() {
        return parsed.problem();
    }

    /** The one query; empty if the parser could not read the statement. */
    Optional<Select> select() {
        Statements statements = parsed.statements();
        return statements != null && statements.size() == 1 && statements.get(0) instanceof Select select
                ? Optional.of(select)
                : Optional.empty();
    }

    /** Where the name of each table begins in the statement, and its alias without quotes; empty if it has none. */
    Map<Integer, String> tables() {
        Map<Integer, String> aliases = new TreeMap<>();
        for (Node node : nodes()) {
            if (node.getId() == CCJSqlParserTreeConstants.JJTTABLENAME && !isAllColumns(node)) {
                aliases.put(place(node.jjtGetFirstToken().absoluteBegin - 1), alias(node.jjtGetValue()));
            }
        }
        return aliases;
    }

    private static String alias(@Nullable Object value) {
        return value instanceof Table table && table.getAlias() != null
                ? unquoted(table.getAlias().getName().strip())
                : "";
    }

    List<ColumnUse> columnsInExpressions() {
        return ColumnUses.of(nodes());
    }

    /** {@code t.*}, where the parser sees a table's name too. */
    private static boolean isAllColumns(Node node) {
        net.sf.jsqlparser.parser.Token dot = node.jjtGetLastToken().next;
        return node.jjtGetParent().getId() == CCJSqlParserTreeConstants.JJTPRIMARYEXPRESSION
                && dot.image.equals(".")
                && dot.next.image.equals("*");
    }

    /** The position without the quotes that were inserted before it. */
    private int place(int position) {
        int place = position;
        for (int i = 0; i < quotes.size() && quotes.get(i) + i < position; i++) {
            place--;
        }
        return place;
    }

    private List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        Node root = parsed.root();
        if (root != null) {
            nodes.add(root);
        }
        for (int next = 0; next < nodes.size(); next++) {
            Node node = nodes.get(next);
            for (int i = 0; i < node.jjtGetNumChildren(); i++) {
                nodes.add(node.jjtGetChild(i));
            }
        }
        return nodes;
    }

    /**
     * Walks the tree.
     *
     * @throws StatementRefused if the statement is not a single query, writes or locks, or uses a name that is not
     *     allowed
     */
    void check(FunctionRules functions) {
        if (select().isEmpty()) {
            throw new StatementRefused("only reading is possible here: exactly one SELECT");
        }
        nodes().forEach(node -> checkNode(node, functions));
    }

    private void checkNode(Node node, FunctionRules functions) {
        if (WRITES.contains(node.getId())) {
            throw new StatementRefused("only reading is possible here: one SELECT, with no other statement in it");
        }
        Object value = node.jjtGetValue();
        if (value instanceof PlainSelect select && (select.getForMode() != null || hasTarget(select))) {
            throw new StatementRefused("only reading is possible here: one SELECT, without INTO and FOR UPDATE");
        }
        if (value instanceof Table table && node.getId() == CCJSqlParserTreeConstants.JJTTABLENAME) {
            TableRules.check(unquoted(table.getNameParts()), syntax);
        }
        if (value instanceof Function function && node.getId() == CCJSqlParserTreeConstants.JJTFUNCTION) {
            checkFunction(function, functions);
        }
    }

    private static boolean hasTarget(PlainSelect select) {
        return select.getIntoTables() != null && !select.getIntoTables().isEmpty();
    }

    private void checkFunction(Function function, FunctionRules functions) {
        List<String> name = function.getMultipartName().stream()
                .map(part -> unquoted(part).toLowerCase(Locale.ROOT))
                .toList();
        String last = name.get(name.size() - 1);
        boolean allowed = name.size() == 1
                ? functions.allows(last) || CallRules.isKeyword(last, syntax, functions)
                : functions.allows(name.get(name.size() - 2), last) || isMethod(last, functions);
        if (!allowed) {
            throw CallRules.notAllowed(last);
        }
    }

    /** Methods of values, which the rules for calls have checked. */
    private boolean isMethod(String name, FunctionRules functions) {
        return syntax.is(Dialect.SQLSERVER, Dialect.ORACLE) || (syntax.is(Dialect.DUCKDB) && functions.allows(name));
    }

    private static List<String> unquoted(List<String> parts) {
        // the parser lists the parts of a name from the last to the first
        List<String> names = new ArrayList<>();
        for (String part : parts) {
            if (part != null) {
                names.add(0, unquoted(part).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    static String unquoted(String name) {
        return name.length() > 1 && name.charAt(0) == '"' ? name.substring(1, name.length() - 1) : name;
    }

    /**
     * Runs in this thread: the library would start a thread for each statement, and size and depth are already limited.
     */
    private static Parsed parse(String sql) {
        try {
            CCJSqlParser parser = CCJSqlParserUtil.newParser(sql);
            Statements statements = parser.Statements();
            return new Parsed(statements, parser.getASTRoot(), "");
        } catch (ParseException e) {
            return new Parsed(null, null, place(e));
        } catch (RuntimeException | StackOverflowError e) {
            return new Parsed(null, null, "");
        }
    }

    private static String place(ParseException e) {
        net.sf.jsqlparser.parser.Token token = e.currentToken == null ? null : e.currentToken.next;
        return token == null
                ? ""
                : " at line " + token.beginLine + ", column " + token.beginColumn + ", near \""
                        + StatementRefused.shown(token.image) + "\"";
    }

    /**
     * The same statement, with unchanged positions, with standard quotes and without quotes or backslashes inside them.
     */
    private static String standard(SqlText sql) {
        StringBuilder text = new StringBuilder(sql.text());
        for (int i = 0; i < sql.size(); i++) {
            Token token = sql.token(i);
            if (token.kind() == Kind.NAME) {
                requote(text, token.start(), token.end(), '"');
            } else if (token.kind() == Kind.TEXT) {
                int start = token.start();
                while (text.charAt(start) != '\'' && text.charAt(start) != '"' && text.charAt(start) != '$') {
                    text.setCharAt(start++, ' ');
                }
                requote(text, start, token.end(), '\'');
            } else if (token.is("-")
                    && sql.token(i + 1).is("-")
                    && sql.token(i + 1).touches(token)) {
                text.setCharAt(token.end(), '+');
            }
        }
        return text.toString();
    }

    private static void requote(StringBuilder text, int start, int end, char quote) {
        for (int i = start + 1; i < end - 1; i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '\\' || c == '`' || c == ']') {
                text.setCharAt(i, '_');
            }
        }
        text.setCharAt(start, quote);
        text.setCharAt(end - 1, quote);
    }

    private static String withQuotedNames(String text, SqlText sql, List<Integer> quotes) {
        StringBuilder quoted = new StringBuilder(text);
        for (int i = sql.size() - 1; i >= 0; i--) {
            Token word = sql.token(i);
            if (word.isOneOf(Vocabulary.RESERVED_BY_THE_PARSER)
                    && !sql.token(i + 1).is("(")) {
                quoted.insert(word.end(), '"').insert(word.start(), '"');
                quotes.add(0, word.end());
                quotes.add(0, word.start());
            }
        }
        return quoted.toString();
    }
}
