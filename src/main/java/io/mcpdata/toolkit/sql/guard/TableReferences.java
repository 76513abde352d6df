package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import io.mcpdata.toolkit.sql.guard.TableReference.Part;
import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds every table that a statement reads. The parse tree and the outline must find the same names at the same
 * places; a statement about which they differ is refused. Names of common tables in their scope are left out. For one
 * statement.
 */
final class TableReferences {

    private static final Set<String> BEFORE_A_TABLE = Set.of("from", "join", ",", "(", "lateral");
    private static final Set<String> MYSQL_WORDS = Set.of("dual");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;
    private final CommonTables common;

    TableReferences(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
        this.common = new CommonTables(sql, outline, syntax);
    }

    /** @throws StatementRefused if the tables cannot be decided */
    List<TableReference> of(SqlTree tree) {
        new RowTypeRules(sql, outline, syntax).check();
        Map<Integer, String> aliases = tree.tables();
        List<TableReference> found = new ArrayList<>();
        Set<Integer> places = new TreeSet<>();
        for (int i = 0; i < sql.size(); i++) {
            if (isTableElsewhere(i)) {
                throw undecided(i);
            }
            if (outline.role(i) == Role.TABLE) {
                read(i, aliases, found, places);
            }
        }
        if (!places.equals(aliases.keySet())) {
            Set<Integer> all = new TreeSet<>(places);
            all.addAll(aliases.keySet());
            throw undecided(all.stream()
                    .filter(place -> !places.contains(place) || !aliases.containsKey(place))
                    .findFirst()
                    .map(this::tokenAt)
                    .orElse(0));
        }
        return found;
    }

    /** Where some databases read a table that neither the tree nor the outline shows. */
    private boolean isTableElsewhere(int i) {
        boolean argument = syntax.is(Dialect.TRINO) && sql.token(i).is("table");
        boolean set = syntax.strict() && sql.token(i).is("in");
        return (argument && sql.token(i + 1).is("("))
                || (set && !sql.token(i + 1).is("(") && !sql.isBehindDot(i))
                || isTableNamedOnly(i);
    }

    /** Only PostgreSQL and Oracle have the keyword, and the parser takes it for one everywhere. */
    private boolean isTableNamedOnly(int i) {
        return !syntax.is(Dialect.POSTGRESQL)
                && sql.token(i).kind() == Kind.WORD
                && sql.token(i).is("only")
                && sql.token(i - 1).isOneOf(BEFORE_A_TABLE)
                && sql.token(i + 1).isName()
                && !sql.token(i + 1).is("from");
    }

    private void read(int first, Map<Integer, String> aliases, List<TableReference> found, Set<Integer> places) {
        List<Part> parts = new ArrayList<>();
        int at = first;
        parts.add(part(at));
        while (sql.token(at + 1).is(".")) {
            if (sql.token(at + 2).isName()) {
                at += 2;
                parts.add(part(at));
            } else if (sql.token(at + 2).is(".")) {
                at++;
                parts.add(new Part("", false));
            } else {
                throw undecided(at + 1);
            }
        }
        if (sql.token(at + 1).is("(")) {
            // a function, which the rules for calls decide on
            return;
        }
        int place = sql.token(first).start();
        places.add(place);
        boolean word = syntax.mysql() && parts.size() == 1 && sql.token(first).isOneOf(MYSQL_WORDS);
        CommonTables.Meaning meaning = parts.size() == 1 ? common.meaning(first) : CommonTables.Meaning.TABLE;
        if (!word && meaning != CommonTables.Meaning.COMMON_TABLE) {
            found.add(new TableReference(
                    parts,
                    place,
                    sql.token(at).end(),
                    meaning == CommonTables.Meaning.EITHER,
                    aliases.getOrDefault(place, "")));
        }
    }

    private Part part(int i) {
        Token token = sql.token(i);
        return new Part(
                token.kind() == Kind.WORD ? sql.text().substring(token.start(), token.end()) : token.text(),
                token.kind() != Kind.WORD);
    }

    private int tokenAt(int place) {
        int i = 0;
        while (i < sql.size() && sql.token(i).start() < place) {
            i++;
        }
        return i;
    }

    private StatementRefused undecided(int i) {
        return new StatementRefused("the tables of this statement cannot be decided near \""
                + StatementRefused.shown(sql.token(i).text()) + "\"; write it in a simpler form");
    }
}
