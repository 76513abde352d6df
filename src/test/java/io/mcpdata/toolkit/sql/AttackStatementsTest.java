package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.Attack;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on databases that are not at hand: the guard alone has to refuse them, as there is no database to show harm. */
final class AttackStatementsTest {

    private final SqlGuard guard = new SqlGuard();

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "SQLSERVER", "ORACLE", "TRINO", "DUCKDB"})
    void theGuardRefusesEveryAttackOnDatabasesThatAreNotAtHand(Dialect dialect) {
        List<Attack> attacks = Attack.on(dialect.name().toLowerCase(Locale.ROOT), Map.of());
        List<String> accepted = new ArrayList<>();
        for (Attack attack : attacks) {
            if (accepts(attack.statement(), dialect)) {
                accepted.add(attack.toString());
            }
        }
        assertThat(attacks).hasSizeGreaterThan(20);
        assertThat(accepted).isEmpty();
    }

    private boolean accepts(String sql, Dialect dialect) {
        try {
            guard.check(sql, Set.of());
            return true;
        } catch (StatementRefused e) {
            return false;
        }
    }
}
