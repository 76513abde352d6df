package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.Attack;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import io.mcpdata.toolkit.sql.guard.StatementRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on databases that the tests cannot run, or run only in a profile: the guard alone must refuse them. */
final class AttackStatementsTest {

    private static final Pattern HARMLESS = Pattern.compile("SELECT\\s+('(\\\\.|[^'\\\\])*'|1)\\s*");

    /** Kinds that only a timeout or a limit of memory ends. */
    private static final Set<String> OF_LIMITS = Set.of("cpu", "memory");

    private static final Map<String, String> VALUES =
            Map.of("secret", "/srv/secret", "folder", "/srv/folder", "canary", "/srv/canary.csv", "port", "1");

    private final SqlGuard guard = new SqlGuard();

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "SQLSERVER", "ORACLE", "TRINO", "DUCKDB"})
    void theGuardRefusesEveryAttackOnDatabasesThatAreNotInstalled(Dialect dialect) throws SQLException {
        FunctionRules functions = functions(dialect);
        List<Attack> attacks = Attack.on(dialect.name().toLowerCase(Locale.ROOT), VALUES).stream()
                .filter(attack -> !OF_LIMITS.contains(attack.kind()))
                .toList();
        List<String> accepted = new ArrayList<>();
        for (Attack attack : attacks) {
            if (letsThrough(attack.statement(), SqlSyntax.of(dialect), functions)) {
                accepted.add(attack.toString());
            }
        }
        assertThat(attacks).hasSizeGreaterThan(20);
        assertThat(accepted).isEmpty();
    }

    private static FunctionRules functions(Dialect dialect) throws SQLException {
        if (dialect != Dialect.DUCKDB) {
            return FunctionRules.shipped(dialect);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return FunctionCatalog.read(connection, dialect);
        }
    }

    private boolean letsThrough(String sql, SqlSyntax syntax, FunctionRules functions) {
        try {
            String sent = guard.check(sql, syntax, functions).sql();
            // a text or a comment as this database reads it, and nothing else
            return !HARMLESS.matcher(sent).matches();
        } catch (StatementRefused e) {
            return false;
        }
    }
}
