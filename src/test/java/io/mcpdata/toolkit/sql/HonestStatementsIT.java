package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.StatementFile;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.FunctionRules;
import io.mcpdata.toolkit.sql.guard.SqlGuard;
import io.mcpdata.toolkit.sql.guard.SqlSyntax;
import io.mcpdata.toolkit.sql.guard.StatementRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statements as analysts and language models write them, by dialect. If the tests can run the database, it runs all of
 * them.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class HonestStatementsIT {

    private static final String FOLDER = "/io/mcpdata/toolkit/sql/honest/";
    private static final String STILL_REFUSED = "-- refused, because ";
    private static final int SECONDS = 20;

    private final SqlGuard guard = new SqlGuard();

    /** Work on a database that has the tables of the setup file. */
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "DUCKDB"})
    void everyStatementIsAcceptedAndRunsOnItsDatabase(Dialect dialect) throws Exception {
        List<String> failed = new ArrayList<>();
        onDatabase(dialect, connection -> {
            DatabaseProfile profile = DatabaseProfile.read(connection);
            for (String sql : statements(dialect)) {
                accepted(sql, profile.syntax(), profile.functions(), failed)
                        .ifPresent(guarded -> run(connection, guarded, failed));
            }
        });
        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "SQLSERVER", "ORACLE", "TRINO"})
    void everyStatementIsAccepted(Dialect dialect) {
        List<String> failed = new ArrayList<>();
        for (String sql : statements(dialect)) {
            accepted(sql, SqlSyntax.of(dialect), FunctionRules.shipped(dialect), failed);
        }
        assertThat(failed).isEmpty();
    }

    /**
     * The text for the database, if the guard accepts the statement. The first line of a statement says whether the
     * guard refuses it on purpose.
     */
    private Optional<String> accepted(String sql, SqlSyntax syntax, FunctionRules functions, List<String> failed) {
        boolean expected = !sql.startsWith(STILL_REFUSED);
        try {
            String guarded = guard.check(sql, syntax, functions).sql();
            if (!expected) {
                failed.add("accepted now: " + sql);
            }
            return Optional.of(guarded);
        } catch (StatementRefused e) {
            if (expected) {
                failed.add("refused: " + e.getMessage() + " <- " + sql);
            }
            return Optional.empty();
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
            // as from a caller: no part of the text is meant for the driver
            statement.setEscapeProcessing(false);
            statement.setQueryTimeout(SECONDS);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        } catch (SQLException e) {
            failed.add(e.getMessage() + " <- " + sql);
        }
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
                try (EmbeddedPostgres server = LocalPostgres.start()) {
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
