package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.StatementFile;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements as analysts and language models write them, by dialect. Where the database is at hand, all of them run. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
final class HonestStatementsIT {

    private static final String FOLDER = "/io/mcpdata/toolkit/sql/honest/";
    private static final int SECONDS = 20;

    private final SqlGuard guard = new SqlGuard();

    /** Work on a database that has the tables of the setup file. */
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "DUCKDB"})
    void everyStatementRunsOnItsDatabase(Dialect dialect) throws Exception {
        List<String> failed = new ArrayList<>();
        onDatabase(dialect, connection -> {
            for (String sql : statements(dialect)) {
                run(connection, sql, failed);
            }
        });
        assertThat(failed).isEmpty();
    }

    /** The least that was accepted so far: no change of the guard may refuse more. */
    @ParameterizedTest
    @CsvSource({
        "H2, 36",
        "POSTGRESQL, 61",
        "MARIADB, 23",
        "MYSQL, 12",
        "SQLSERVER, 17",
        "ORACLE, 19",
        "TRINO, 12",
        "DUCKDB, 8"
    })
    void theGuardAcceptsAtLeast(Dialect dialect, int atLeast) {
        List<String> statements = statements(dialect);
        Map<String, Integer> reasons = new TreeMap<>();
        for (String sql : statements) {
            String reason = refusal(sql, dialect);
            if (!reason.isEmpty()) {
                System.out.println(dialect + " refuses: " + reason + ": "
                        + sql.lines().findFirst().orElse(""));
                reasons.merge(reason.replaceAll("\"[^\"]*\"", "..."), 1, Integer::sum);
            }
        }
        int accepted = statements.size()
                - reasons.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(dialect + ": " + accepted + " of " + statements.size() + " accepted; refused: " + reasons);
        assertThat(accepted).isGreaterThanOrEqualTo(atLeast);
    }

    /** Why the guard refuses the statement; empty if it does not. */
    private String refusal(String sql, Dialect dialect) {
        try {
            guard.check(sql, Set.of());
            return "";
        } catch (StatementRefused e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<String> statements(Dialect dialect) {
        return StatementFile.statements(FOLDER + name(dialect) + ".sql");
    }

    private static String name(Dialect dialect) {
        return dialect.name().toLowerCase(Locale.ROOT);
    }

    private static void run(Connection connection, String sql, List<String> failed) {
        try (Statement statement = connection.createStatement()) {
            // as a caller has it: nothing of the text is meant for the driver
            statement.setEscapeProcessing(false);
            statement.setQueryTimeout(SECONDS);
            try (ResultSet rows = statement.executeQuery(withoutSemicolon(sql))) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        } catch (SQLException e) {
            failed.add(e.getMessage() + " <- " + sql);
        }
    }

    private static String withoutSemicolon(String sql) {
        return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
    }

    private static void onDatabase(Dialect dialect, Work work) throws SQLException, IOException {
        switch (dialect) {
            case H2 -> onFresh(DriverManager.getConnection("jdbc:h2:mem:"), dialect, work);
            case DUCKDB -> onFresh(DriverManager.getConnection("jdbc:duckdb:"), dialect, work);
            case MARIADB -> {
                try (MariaDb server = MariaDb.start()) {
                    server.createDatabase("retail");
                    onFresh(server.owner("retail"), dialect, work);
                }
            }
            case POSTGRESQL -> {
                try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start()) {
                    onFresh(server.getPostgresDatabase().getConnection(), dialect, work);
                }
            }
            case MYSQL, SQLSERVER, ORACLE, TRINO, UNKNOWN -> throw new IllegalArgumentException(dialect.name());
        }
    }

    private static void onFresh(Connection opened, Dialect dialect, Work work) throws SQLException {
        try (Connection connection = opened) {
            StatementFile.run(FOLDER + name(dialect) + "-setup.sql", connection);
            work.on(connection);
        }
    }
}
