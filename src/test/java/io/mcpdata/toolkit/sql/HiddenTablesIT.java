package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements by which a caller tries to read, or to learn of, tables that rules hide from it; each runs on a database. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class HiddenTablesIT {

    private static final List<String> TABLES = List.of(
            "CREATE TABLE hr.salaries (id INT PRIMARY KEY, secret_pay VARCHAR(20))",
            "INSERT INTO hr.salaries VALUES (1, 'TOP-4711')",
            "CREATE TABLE sales.bonuses (id INT PRIMARY KEY, secret_pay VARCHAR(20))",
            "INSERT INTO sales.bonuses VALUES (1, 'TOP-4711')",
            "CREATE TABLE sales.orders (id INT PRIMARY KEY, label VARCHAR(20),"
                    + " CONSTRAINT of_person FOREIGN KEY (id) REFERENCES hr.salaries (id))",
            "INSERT INTO sales.orders VALUES (1, 'one')",
            "CREATE TABLE sales.lines_of_orders (order_id INT REFERENCES sales.orders (id), amount INT)",
            "CREATE TABLE hr.audits (order_id INT, CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES sales.orders (id))",
            "CREATE VIEW sales.pay_view AS SELECT id AS n FROM hr.salaries");

    /** Work with the hidden tables of a running database. */
    private interface Work {
        void with(HiddenTables tables);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void onlyTablesOfTheCallerAreReadListedAndNamed(Dialect dialect) throws Exception {
        on(dialect, tables -> {
            List<String> evasions = lines("common");
            evasions.addAll(lines(name(dialect)));
            assertThat(evasions).hasSizeGreaterThan(100);
            assertThat(evasions.stream().filter(tables::reaches)).isEmpty();
            assertThat(lines("honest").stream()
                            .map(sql -> tables.ask(sql) + " <- " + sql)
                            .filter(answer -> !answer.startsWith("rows")))
                    .isEmpty();
            hiddenTableIsAnsweredAsOneThatDoesNotExist(tables);
            descriptionsAndListsNameNoHiddenTable(tables);
        });
    }

    private static void hiddenTableIsAnsweredAsOneThatDoesNotExist(HiddenTables tables) {
        for (String form : List.of(
                "SELECT * FROM hr.%s",
                "SELECT * FROM sales.%s x",
                "SELECT 1\nFROM orders,\n %s",
                "WITH x AS (SELECT * FROM %s) SELECT * FROM x")) {
            String hidden = form.contains("hr.") ? "audits" : "bonuses";
            String missing = form.contains("hr.") ? "auditz" : "bonuzes";
            assertThat(tables.ask(form.formatted(hidden)).replace(hidden, "X"))
                    .startsWith("Unknown table: ")
                    .isEqualTo(tables.ask(form.formatted(missing)).replace(missing, "X"));
        }
        ToolException denied = catchThrowableOfType(ToolException.class, () -> tables.run("SELECT * FROM bonuses"));
        assertThat(denied.category()).isEqualTo("table_denied");
        assertThat(denied.rule()).isEqualTo("tables.deny[*/*.bonuses]");
        ToolException other = catchThrowableOfType(ToolException.class, () -> tables.run("SELECT * FROM hr.salaries"));
        assertThat(other.rule()).isEqualTo("connections.db.schemas: no allow matches");
        assertThat(tables.ask("SELECT * FROM orderz")).contains("Near names: ").containsIgnoringCase("orders");
        assertThat(tables.ask("SELECT * FROM bonuse")).doesNotContainIgnoringCase("bonuses");
        assertThat(tables.ask("SELECT secret_pai FROM orders -- bonuses salaries"))
                .doesNotContain(HiddenTables.COLUMN);
        assertThat(tables.explain("SELECT * FROM orders")).startsWith("plan ");
        assertThat(tables.explain("SELECT * FROM pay_view")).contains("explains no views here");
        assertThat(tables.explain("SELECT * FROM guarded"))
                .containsAnyOf("explains no tables with row level security here", "Unknown table: guarded");
    }

    private static void descriptionsAndListsNameNoHiddenTable(HiddenTables tables) {
        String told = tables.queries().schema(tables.config(), new Cancellation(), schema -> {
            StringBuilder all = new StringBuilder(schema.tables().toString());
            for (TableName table : schema.tables()) {
                all.append(Json.write(schema.describe(table)));
            }
            assertThat(schema.named(null, "audits")).isEmpty();
            assertThat(schema.named("hr", "salaries")).isEmpty();
            assertThat(schema.named("sales", "bonuses")).isEmpty();
            assertThat(schema.hiddenBy()).contains("tables.deny[*/*.bonuses]");
            return all.toString();
        });
        assertThat(told)
                .containsIgnoringCase("lines_of_orders")
                .containsIgnoringCase("pay_view")
                .doesNotContain("hr.")
                .doesNotContain("HR.")
                .doesNotContainIgnoringCase("bonuses")
                .doesNotContainIgnoringCase("audits");
    }

    private static String name(Dialect dialect) {
        return dialect.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> lines(String file) {
        try (InputStream text = HiddenTablesIT.class.getResourceAsStream("hidden/" + file + ".txt")) {
            return new ArrayList<>(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void on(Dialect dialect, Work work) throws SQLException, IOException {
        switch (dialect) {
            case H2 -> {
                String url = "jdbc:h2:mem:hidden;USER=sa;PASSWORD=x";
                try (Connection owner = DriverManager.getConnection(url)) {
                    fill(owner, "CREATE SCHEMA");
                    execute(owner, List.of("CREATE SYNONYM sales.pay_synonym FOR hr.salaries"));
                    run(url + ";SCHEMA=SALES", work);
                }
            }
            case MARIADB -> {
                try (MariaDb server = MariaDb.start();
                        Connection owner = server.owner()) {
                    fill(owner, "CREATE DATABASE");
                    server.createUser("clerk", "c", "SELECT ON sales.*", "SELECT ON hr.*", "SHOW VIEW ON sales.*");
                    run(server.urlAs("sales", "clerk", "c"), work);
                }
            }
            case POSTGRESQL -> {
                try (EmbeddedPostgres server = LocalPostgres.start();
                        Connection owner = server.getPostgresDatabase().getConnection()) {
                    fill(owner, "CREATE SCHEMA");
                    execute(
                            owner,
                            List.of(
                                    "CREATE SEQUENCE sales.hr_seq",
                                    "CREATE TABLE sales.\"only\" (id INT)",
                                    "CREATE TABLE sales.guarded (id INT)",
                                    "ALTER TABLE sales.guarded ENABLE ROW LEVEL SECURITY",
                                    "CREATE TABLE sales.\"SALARIES\" (id INT)"));
                    run(
                            "jdbc:postgresql://127.0.0.1:" + server.getPort()
                                    + "/postgres?user=postgres&currentSchema=sales,hr",
                            work);
                }
            }
            case MYSQL, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> throw new IllegalArgumentException(dialect.name());
        }
    }

    private static void fill(Connection owner, String create) throws SQLException {
        execute(owner, List.of(create + " hr", create + " sales"));
        execute(owner, TABLES);
    }

    private static void execute(Connection owner, List<String> statements) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void run(String url, Work work) {
        try (HiddenTables tables = new HiddenTables(url)) {
            work.with(tables);
        }
    }
}
