package io.mcpdata.toolkit.sql.guard;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On MySQL and MariaDB a name in double quotes is a constant, unless the session has ANSI_QUOTES. */
final class DoubleQuotedTextRulesTest {

    private static void check(Dialect dialect, boolean quotesAreTexts, String sql) {
        SqlSyntax standard = SqlSyntax.of(dialect);
        SqlSyntax syntax = new SqlSyntax(dialect, standard.backslashEscapes(), quotesAreTexts, standard.bracketNames());
        new SqlGuard().check(sql, syntax, FunctionRules.shipped(dialect));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"group\" FROM v",
                "SELECT a, \"group\" FROM v",
                "SELECT DISTINCT \"group\" FROM v",
                "SELECT a FROM v WHERE \"group\" = 1",
                "SELECT a FROM v WHERE a = 1 AND \"group\" = 1",
                "SELECT COUNT(*) FROM v GROUP BY \"group\"",
                "SELECT a FROM v ORDER BY \"Group Name\"",
                "SELECT a FROM v JOIN w ON \"group\" = w.g",
                "SELECT SUM(a) FROM v HAVING \"total\" > 1"
            })
    void nameInDoubleQuotesIsRefusedWithAdvice(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            assertThatThrownBy(() -> check(dialect, true, sql))
                    .isInstanceOf(StatementRefused.class)
                    .hasMessageContaining("is a text and no name; write `name` for a name and 'text' for a text");
            assertThatNoException().isThrownBy(() -> check(dialect, false, sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a AS \"Total amount\" FROM v",
                "SELECT a FROM v WHERE a = \"x\"",
                "SELECT a FROM v WHERE a IN (\"x\", \"y\")",
                "SELECT a FROM v WHERE a LIKE \"x%\"",
                "SELECT a FROM v WHERE a BETWEEN \"a\" AND \"b\"",
                "SELECT CONCAT(\"x\", a) FROM v",
                "SELECT CASE WHEN a = \"x\" THEN \"yes\" ELSE \"no\" END FROM v",
                "SELECT `group` FROM v"
            })
    void textInDoubleQuotesIsAcceptedWhereATextMakesSense(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            assertThatNoException().isThrownBy(() -> check(dialect, true, sql));
        }
    }
}
