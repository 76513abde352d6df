package io.mcpdata.toolkit.sql.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The role of each name and parenthesis in a statement: which names are tables, aliases or common tables, and what each
 * parenthesis belongs to. Only FROM and WITH clauses are followed; names elsewhere are checked by the rules for calls.
 * Belongs to one statement.
 */
final class Outline {

    enum Role {
        OTHER,
        /** The first part of a table's name, or a text in its place. */
        TABLE,
        /** A further part of a table's name. */
        TABLE_PART,
        /** The alias of a table. */
        ALIAS,
        /** The name of a common table expression. */
        COMMON_TABLE,
        /** A sampling method. */
        METHOD
    }

    private enum State {
        /** No FROM or WITH clause. */
        NONE,
        EXPECTS_TABLE,
        IN_NAME,
        AFTER_TABLE,
        AFTER_AS,
        ALIASED,
        /** In an ON condition or behind an alias: after the next join or comma a table is expected again. */
        CONDITION,
        SAMPLE,
        EXPECTS_COMMON_TABLE,
        COMMON_TABLE_NAMED,
        COMMON_TABLE_BODY
    }

    /** No dialect takes these words for the alias of a table. */
    private static final Set<String> ENDS_FROM = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "window",
            "union",
            "except",
            "intersect",
            "into");

    /**
     * Words that can follow a table. Some dialects take some of them for an alias, so another table can follow after a
     * comma.
     */
    private static final Set<String> ENDS_TABLE = Set.of(
            "on",
            "using",
            "for",
            "use",
            "force",
            "ignore",
            "partition",
            "when",
            "set",
            "prewhere",
            "then",
            "qualify",
            "connect",
            "start",
            "option",
            "minus",
            "returning",
            "model",
            "values",
            "settings",
            "format");

    private static final Set<String> BEFORE_JOIN = Set.of(
            "natural",
            "left",
            "right",
            "full",
            "inner",
            "cross",
            "outer",
            "asof",
            "anti",
            "semi",
            "positional",
            "global",
            "any",
            "all");
    private static final Set<String> BEFORE_TABLE = Set.of("lateral", "only", "table", "from");

    /** DuckDB's statements that read a table or a file and that can be in parentheses like a query. */
    private static final Set<String> QUERIES_OF_A_TABLE =
            Set.of("pivot", "unpivot", "pivot_wider", "pivot_longer", "describe", "desc", "show", "summarize");

    private static final Set<String> BEFORE_QUERY = Set.of("(", "union", "all", "except", "intersect", "name");
    private static final Set<String> BEHIND_TABLE = Set.of("pivot", "unpivot", "match_recognize");
    private static final Set<String> WITH_FROM_ARGUMENT =
            Set.of("extract", "substring", "substr", "trim", "ltrim", "rtrim", "btrim", "overlay", "position");

    private static final class Level {
        private final int open;
        private final String opener;
        private final State after;
        private State state;
        private boolean query;
        private int brackets;

        Level(int open, String opener, State state, State after) {
            this.open = open;
            this.opener = opener;
            this.state = state;
            this.after = after;
        }
    }

    private final SqlText sql;
    private final Role[] roles;
    private final int[] openings;
    private final int[] partners;
    private final Set<String> declared = new HashSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int deepest;

    Outline(SqlText sql) {
        this.sql = sql;
        this.roles = new Role[sql.size()];
        this.openings = new int[sql.size()];
        this.partners = new int[sql.size()];
        levels.push(new Level(-1, "", State.NONE, State.NONE));
        for (int i = 0; i < sql.size(); i++) {
            roles[i] = Role.OTHER;
            openings[i] = level().open;
            partners[i] = -1;
            read(i);
        }
        if (levels.size() > 1) {
            throw new StatementRefused("a parenthesis is not closed");
        }
    }

    Role role(int i) {
        return i >= 0 && i < roles.length ? roles[i] : Role.OTHER;
    }

    /** Whether this token is a table's name or a part of it. */
    boolean isTable(int i) {
        return role(i) == Role.TABLE || role(i) == Role.TABLE_PART;
    }

    /** The opening parenthesis around this token; -1 if there is none. */
    int opening(int i) {
        return openings[i];
    }

    /** The other parenthesis of this one's pair; -1 if this token is not a parenthesis. */
    int partner(int i) {
        return i >= 0 && i < partners.length ? partners[i] : -1;
    }

    /** The word before the parenthesis around this token; empty if there is none. */
    Token opener(int i) {
        return openings[i] < 0 ? Token.NONE : sql.token(openings[i] - 1);
    }

    /** Whether the statement gives this name to a table, an alias or a common table; in lower case. */
    boolean declares(String name) {
        return declared.contains(name);
    }

    int depth() {
        return deepest;
    }

    private Level level() {
        return levels.element();
    }

    private void read(int i) {
        Token token = sql.token(i);
        if (token.is("(")) {
            open(i);
        } else if (token.is(")")) {
            close(i);
        } else if (isInBrackets(token)) {
            return;
        } else if (token.isWord() && keyword(i, token.text())) {
            return;
        } else if (token.is(",")) {
            comma();
        } else if (token.isName() || token.isText()) {
            named(i);
        } else if (!token.is(".") && level().state == State.IN_NAME) {
            // in DuckDB an alias can also precede its table: FROM alias: table
            level().state = token.is(":") ? State.EXPECTS_TABLE : State.AFTER_TABLE;
        }
    }

    /** {@code ARRAY[a, b]} and {@code {'x': a, 'y': b}}: their commas and names belong to values. */
    private boolean isInBrackets(Token token) {
        if (token.is("[") || token.is("{")) {
            level().brackets++;
            return false;
        }
        if (level().brackets > 0 && (token.is("]") || token.is("}"))) {
            level().brackets--;
            return true;
        }
        return level().brackets > 0;
    }

    private void open(int i) {
        Token before = sql.token(i - 1);
        State after = level().state;
        State inside = State.NONE;
        switch (level().brackets > 0 ? State.NONE : after) {
            case EXPECTS_TABLE -> {
                inside = before.is("table") ? State.NONE : State.EXPECTS_TABLE;
                after = State.AFTER_TABLE;
            }
            case IN_NAME -> after = State.AFTER_TABLE;
            case AFTER_AS, ALIASED -> after = State.CONDITION;
            case SAMPLE -> after = State.AFTER_TABLE;
            case NONE, AFTER_TABLE, CONDITION, EXPECTS_COMMON_TABLE, COMMON_TABLE_NAMED, COMMON_TABLE_BODY -> {}
        }
        levels.push(new Level(i, before.isWord() ? before.text() : "", inside, after));
        deepest = Math.max(deepest, levels.size() - 1);
    }

    private void close(int i) {
        if (levels.size() == 1) {
            throw new StatementRefused("a parenthesis is closed that was not opened");
        }
        Level closed = levels.pop();
        partners[closed.open] = i;
        partners[i] = closed.open;
        openings[i] = level().open;
        level().state = closed.after;
    }

    private void comma() {
        switch (level().state) {
            case IN_NAME, AFTER_TABLE, AFTER_AS, ALIASED, CONDITION, SAMPLE -> level().state = State.EXPECTS_TABLE;
            case COMMON_TABLE_NAMED, COMMON_TABLE_BODY -> level().state = State.EXPECTS_COMMON_TABLE;
            case NONE, EXPECTS_TABLE, EXPECTS_COMMON_TABLE -> {}
        }
    }

    /** Whether the word was read as a keyword. */
    private boolean keyword(int i, String word) {
        if (sql.token(i - 1).is(".")) {
            return false;
        }
        switch (word) {
            case "select" -> {
                level().state = State.NONE;
                level().query = true;
                return true;
            }
            case "from" -> {
                from(i);
                return true;
            }
            case "with" -> {
                return with(i);
            }
            case "table" -> {
                if (isTableQuery(i)) {
                    level().state = State.EXPECTS_TABLE;
                    return true;
                }
            }
            default -> {
                if (QUERIES_OF_A_TABLE.contains(word) && beginsQuery(i) && namesATable(i + 1)) {
                    level().state = State.EXPECTS_TABLE;
                    return true;
                }
            }
        }
        return level().state != State.NONE && inClause(i, word);
    }

    /** {@code TABLE name}, also behind the common tables of a WITH. */
    private boolean isTableQuery(int i) {
        State state = level().state;
        return (state == State.NONE || state == State.COMMON_TABLE_BODY) && namesATable(i + 1);
    }

    private boolean beginsQuery(int i) {
        Token before = sql.token(i - 1);
        return before.isOneOf(BEFORE_QUERY) || (before.is(")") && level().state == State.COMMON_TABLE_BODY);
    }

    private boolean namesATable(int i) {
        return sql.token(i).isName() || sql.token(i).isText();
    }

    private void from(int i) {
        boolean comparison = sql.token(i - 1).is("distinct")
                && (sql.token(i - 2).is("is") || sql.token(i - 2).is("not"));
        boolean argument = WITH_FROM_ARGUMENT.contains(level().opener) && !level().query;
        if (!comparison && !argument) {
            level().state = State.EXPECTS_TABLE;
        }
    }

    private boolean with(int i) {
        Token before = sql.token(i - 1);
        if (i == 0 || before.is("(") || before.is("union") || before.is("all")) {
            level().state = State.EXPECTS_COMMON_TABLE;
        } else if (level().state == State.ALIASED || level().state == State.IN_NAME) {
            level().state = State.AFTER_TABLE;
        }
        return true;
    }

    private boolean inClause(int i, String word) {
        State state = level().state;
        return switch (state) {
            case EXPECTS_COMMON_TABLE -> word.equals("recursive");
            case COMMON_TABLE_NAMED -> {
                level().state = word.equals("as") ? State.COMMON_TABLE_BODY : state;
                yield true;
            }
            case COMMON_TABLE_BODY -> true;
            case EXPECTS_TABLE -> beforeTable(i, word);
            case AFTER_AS -> false;
            case NONE, IN_NAME, AFTER_TABLE, ALIASED, CONDITION, SAMPLE -> inFrom(i, word);
        };
    }

    private boolean beforeTable(int i, String word) {
        if (ENDS_FROM.contains(word) || word.equals("join") || word.equals("on")) {
            // these words are reserved, so the word before was a name of a table and not a keyword
            return inFrom(i, word);
        }
        if (word.equals("values") && sql.token(i + 1).is("(")) {
            level().state = State.NONE;
            return true;
        }
        return BEFORE_TABLE.contains(word)
                || (word.equals("rows") && sql.token(i + 1).is("from"));
    }

    /** In dialects without these keywords, APPLY and STRAIGHT_JOIN are aliases. */
    private boolean isJoin(int i, String word) {
        return word.equals("join")
                || (word.equals("apply")
                        && (sql.token(i - 1).is("cross") || sql.token(i - 1).is("outer")))
                || (word.equals("straight_join") && !sql.token(i + 1).isOneOf(ENDS_FROM));
    }

    private boolean inFrom(int i, String word) {
        boolean within = sql.token(i - 1).is("within") && sql.token(i + 1).is("(");
        if (within || (sql.token(i - 1).is("for") && !word.equals("join"))) {
            // WITHIN GROUP (ORDER BY ...) of an aggregate, and MySQL's USE INDEX FOR ORDER BY (...)
            return true;
        }
        if (isJoin(i, word)) {
            level().state = State.EXPECTS_TABLE;
        } else if (ENDS_FROM.contains(word)) {
            level().state = State.NONE;
        } else if (level().state == State.CONDITION) {
            return false;
        } else if (word.equals("as")) {
            level().state = State.AFTER_AS;
        } else if (word.equals("tablesample") || word.equals("sample")) {
            level().state = State.SAMPLE;
        } else if (ENDS_TABLE.contains(word)) {
            level().state = State.CONDITION;
        } else if (BEHIND_TABLE.contains(word) || word.equals("ordinality") || word.equals("repeatable")) {
            level().state = State.AFTER_TABLE;
        } else {
            return BEFORE_JOIN.contains(word);
        }
        return true;
    }

    private void named(int i) {
        Token token = sql.token(i);
        switch (level().state) {
            case EXPECTS_TABLE -> {
                roles[i] = Role.TABLE;
                declared.add(token.lower());
                level().state = State.IN_NAME;
            }
            case IN_NAME -> {
                if (sql.token(i - 1).is(".")) {
                    roles[i] = Role.TABLE_PART;
                    declared.add(token.lower());
                } else {
                    alias(i);
                }
            }
            case AFTER_TABLE, AFTER_AS -> alias(i);
            case SAMPLE -> roles[i] = Role.METHOD;
            case EXPECTS_COMMON_TABLE -> {
                roles[i] = Role.COMMON_TABLE;
                declared.add(token.lower());
                level().state = State.COMMON_TABLE_NAMED;
            }
            case NONE, ALIASED, CONDITION, COMMON_TABLE_NAMED, COMMON_TABLE_BODY -> {}
        }
    }

    private void alias(int i) {
        roles[i] = Role.ALIAS;
        declared.add(sql.token(i).lower());
        level().state = State.ALIASED;
    }
}
