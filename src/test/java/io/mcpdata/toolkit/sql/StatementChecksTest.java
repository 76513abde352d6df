package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StatementChecksTest {

    private final StatementChecks checks = new StatementChecks();

    private static DatabaseProfile profile(Dialect dialect) {
        return new DatabaseProfile(
                dialect, dialect.name(), "1", "\"", SqlSyntax.of(dialect), FunctionRules.shipped(dialect), false);
    }

    private static SqlStatement statement(String sql, JsonValue... values) {
        return new SqlStatement(sql, List.of(values));
    }

    @Test
    void repeatedStatementIsNotParsedAgain() {
        DatabaseProfile profile = profile(Dialect.H2);
        SqlStatement asked = statement("SELECT a FROM t WHERE b = ?", Json.string("x"));
        Object first = checks.check(profile, Set.of(), false, asked);

        assertThat(checks.check(profile, Set.of(), false, statement("SELECT a FROM t WHERE b = ?", Json.string("y"))))
                .as("another value")
                .isSameAs(first);
        assertThat(checks.check(profile, Set.of("f"), false, asked))
                .as("other functions")
                .isNotSameAs(first);
        assertThat(checks.check(profile, Set.of(), true, asked))
                .as("with its tables")
                .isNotSameAs(first);
        assertThat(checks.check(profile(Dialect.H2), Set.of(), false, asked))
                .as("a new reading of the database")
                .isNotSameAs(first);
    }

    @Test
    void repeatedRefusalHasTheSameReason() {
        DatabaseProfile profile = profile(Dialect.H2);
        Throwable first = catchThrowable(() -> checks.check(profile, Set.of(), false, statement("DROP TABLE t")));
        assertThat(first).hasMessageContaining("Statement refused: only reading");
        assertThatThrownBy(() -> checks.check(profile, Set.of(), false, statement("DROP TABLE t")))
                .hasMessage(first.getMessage());
    }

    @Test
    void valuesGoWithMarkersThatEveryDriverFindsAtTheSamePlaces() {
        String text = "SELECT 1--'\n ? ', ?";
        assertThatThrownBy(() -> checks.check(
                        profile(Dialect.MARIADB), Set.of(), false, statement(text, Json.string(", USER() -- "))))
                .hasMessageStartingWith("Statement refused: a text or name with a question mark");
        assertThatThrownBy(() -> checks.check(
                        profile(Dialect.POSTGRESQL), Set.of(), false, statement("SELECT ?1", Json.string("x"))))
                .hasMessageStartingWith("Statement refused: a parameter marker (?) touches");
    }
}
