package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks every double-quoted text on databases, such as MySQL, that do not read it as a name. A name written like this
 * would silently be a constant, so such a text is accepted only where a text makes sense. For one statement.
 */
final class DoubleQuotedTextRules {

    private static final Set<String> BEFORE_ALIAS = Vocabulary.of("as select distinct , (");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$ ]*");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;

    DoubleQuotedTextRules(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
    }

    /** @throws StatementRefused if a text is used where a name is meant */
    void check() {
        for (int i = 0; syntax.doubleQuotedText() && i < sql.size(); i++) {
            if (sql.token(i).isText() && sql.text().charAt(sql.token(i).start()) == '"') {
                checkText(i);
            }
        }
    }

    private void checkText(int i) {
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
}
