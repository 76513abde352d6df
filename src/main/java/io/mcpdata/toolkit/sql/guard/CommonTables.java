package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The common table expressions of a statement, and where each one hides a table of its name. Where a database could
 * read the table, the name means the table. For one statement.
 */
final class CommonTables {

    /** What a name in the place of a table means. */
    enum Meaning {
        TABLE,
        COMMON_TABLE,
        /** The table if there is one of this name, otherwise the common table. */
        EITHER
    }

    private static final Set<String> ENDS_A_LIST =
            Set.of("select", "union", "intersect", "except", "minus", "values", "table", "from");

    /** Dialects in which a common table can read itself without the word RECURSIVE. */
    private static final Dialect[] ALWAYS_RECURSIVE = {Dialect.SQLSERVER, Dialect.ORACLE};

    /** The others with RECURSIVE read a table in a common table that is no union. */
    private static final Dialect[] RECURSIVE = {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB};

    /** @param end the last token of the statement or parenthesis to which the common table belongs */
    private record Scope(int name, int body, int bodyEnd, int end, boolean recursive) {

        boolean contains(int i) {
            return (i > bodyEnd && i < end) || (recursive && i > body && i < bodyEnd);
        }
    }

    private final SqlText sql;
    private final SqlSyntax syntax;
    private final List<Scope> scopes = new ArrayList<>();

    CommonTables(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.syntax = syntax;
        for (int i = 0; i < sql.size(); i++) {
            if (outline.role(i) == Role.COMMON_TABLE) {
                add(i, outline);
            }
        }
    }

    private void add(int name, Outline outline) {
        int open = outline.opening(name);
        boolean recursive = sql.token(open + 2).is("recursive") && open + 2 != name;
        int first = recursive ? open + 3 : open + 2;
        if (!sql.token(open + 1).is("with") || (name != first && !continues(name, open))) {
            return;
        }
        int at = name + 1;
        if (sql.token(at).is("(")) {
            at = outline.partner(at) + 1;
        }
        if (!sql.token(at).is("as")) {
            return;
        }
        at += sql.token(at + 1).is("not") ? 2 : 1;
        at += sql.token(at).is("materialized") ? 1 : 0;
        if (sql.token(at).is("(")) {
            boolean reads = syntax.is(ALWAYS_RECURSIVE) || (recursive && syntax.is(RECURSIVE));
            int end = open < 0 ? sql.size() : outline.partner(open);
            scopes.add(new Scope(name, at, outline.partner(at), end, reads || isEither()));
        }
    }

    /** Whether the list of common tables has not ended before this name. */
    private boolean continues(int name, int open) {
        int last = scopes.stream()
                .filter(scope -> scope.name() > open && scope.bodyEnd() < name)
                .mapToInt(Scope::bodyEnd)
                .max()
                .orElse(-1);
        if (last < 0 || !sql.token(name - 1).is(",")) {
            return false;
        }
        for (int i = last + 1; i < name; i++) {
            if (sql.token(i).isOneOf(ENDS_A_LIST)) {
                return false;
            }
        }
        return true;
    }

    /** H2 prefers a table of the current schema to a common table of the same name. */
    private boolean isEither() {
        return syntax.is(Dialect.H2, Dialect.UNKNOWN);
    }

    Meaning meaning(int i) {
        for (Scope scope : scopes) {
            if (scope.contains(i) && isSame(sql.token(scope.name()), sql.token(i))) {
                return isEither() ? Meaning.EITHER : Meaning.COMMON_TABLE;
            }
        }
        return Meaning.TABLE;
    }

    /** Whether every database of the dialect takes the two names for the same. */
    private boolean isSame(Token declared, Token used) {
        if (syntax.is(Dialect.POSTGRESQL)) {
            return folded(declared).equals(folded(used));
        }
        boolean folds = syntax.is(Dialect.H2, Dialect.ORACLE, Dialect.TRINO, Dialect.DUCKDB)
                && declared.isWord()
                && used.isWord()
                && isAscii(declared.text());
        return folds
                ? declared.text().equals(used.text())
                : declared.kind() == used.kind() && written(declared).equals(written(used));
    }

    private String folded(Token token) {
        return token.isWord() && isAscii(token.text()) ? token.text() : written(token);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private String written(Token token) {
        return token.kind() == Kind.WORD ? sql.text().substring(token.start(), token.end()) : token.text();
    }
}
