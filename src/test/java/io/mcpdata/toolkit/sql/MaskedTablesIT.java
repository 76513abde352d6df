package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements by which a caller tries to learn masked values and hidden rows, and honest ones; each runs on a database. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class MaskedTablesIT {

    private static final String CUSTOMERS = "CREATE TABLE %s.customers (id INT PRIMARY KEY, name VARCHAR(40),"
            + " email VARCHAR(64), phone VARCHAR(40), region VARCHAR(8), salary INT, born DATE, note VARCHAR(64), score INT)";
    private static final String CONTACTS = "CREATE TABLE %s.contacts (id INT PRIMARY KEY, iban VARCHAR(40))";
    private static final List<String> OTHERS = List.of(
            "CREATE TABLE %s.orders (id INT PRIMARY KEY, customer_id INT, label VARCHAR(20), amount INT)",
            "INSERT INTO %s.orders VALUES (1, 1, 'one', 10), (2, 2, 'two', 20), (3, 4, 'three', 30), (4, 1, 'four', 40)",
            "CREATE TABLE %s.employees (id INT PRIMARY KEY, email VARCHAR(64))",
            "INSERT INTO %s.employees VALUES (1, 'boss@example.org'), (2, 'deputy@example.org')");
    private static final List<String> ROWS = List.of(
            "(1, 'Ann', 'ann@canary.example', '+49 301 4711222', 'EU', 91234, '1933-03-03', 'a canary', 5)",
            "(2, 'Cid', 'cid@canary.example', '+49 301 4711333', 'EU', 91235, '1933-04-04', 'two canary', 15)",
            "(3, 'Eve', 'eve@canary.example', '47111', 'EU', 91236, '1933-05-05', 'canary', 25)",
            "(4, 'BOB-HIDDEN', 'bob@canary.example', '+49 301 4711444', 'ZULU', 91237, '1933-06-06', 'canary', 777)",
            "(5, 'DAN-HIDDEN', 'dan@canary.example', '+49 301 4711555', 'ZULU', 91238, '1933-07-07', 'canary', 999)");

    /** Work with the restricted tables of a running database. */
    private interface Work {
        void with(MaskedTables tables) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void callerGetsMaskedValuesOfVisibleRowsOnly(Dialect dialect) throws Exception {
        on(dialect, (tables, owner, open) -> {
            valuesAreMaskedAndRowsAreFiltered(tables);
            descriptionsSamplesAndFiguresTellOfVisibleValues(tables);
            noValueGetsToAnotherMarker(tables);
            List<String> evasions = lines("evasions");
            evasions.addAll(lines(dialect.name().toLowerCase(Locale.ROOT)));
            assertThat(evasions).hasSizeGreaterThan(150);
            assertThat(evasions.stream().filter(tables::tells).map(sql -> sql + " -> " + tables.ask(sql)))
                    .isEmpty();
            copyWhatTheCallerSees(tables, owner);
            open.with(tables);
        });
    }

    private static void valuesAreMaskedAndRowsAreFiltered(MaskedTables tables) {
        JsonArray rows = tables.run(new SqlStatement("SELECT * FROM customers ORDER BY id", List.of()))
                .getJsonArray("rows");
        assertThat(rows).hasSize(3);
        JsonArray ann = rows.getJsonArray(0);
        assertThat(ann.getString(1)).isEqualTo("Ann");
        assertThat(ann.getString(2))
                .matches("[0-9a-fA-F]{16}")
                .isNotEqualTo(rows.getJsonArray(1).getString(2));
        assertThat(ann.getString(3)).isEqualTo("****1222");
        assertThat(rows.getJsonArray(2).getString(3)).as("too short").isEqualTo("****");
        assertThat(ann.isNull(5)).isTrue();
        assertThat(ann.isNull(6)).isTrue();
        assertThat(ann.getString(7)).isEqualTo("(it's hidden)");
        assertThat(tables.ask("SELECT UPPER(c.email) FROM customers c"))
                .startsWith("The column email of ")
                .containsIgnoringCase("sales.customers is masked for you");
        assertThat(tables.explain("SELECT id FROM customers")).contains("a plan shows their conditions");
        assertThat(tables.explain("SELECT id FROM orders")).startsWith("plan ");
        SqlStatement mixed = new SqlStatement(
                "SELECT ? AS a, c.email, ? AS b FROM orders o JOIN customers c ON c.id = o.customer_id AND c.name = ?"
                        + " WHERE o.label = ?",
                List.of(Json.string("x"), Json.string("y"), Json.string("Ann"), Json.string("one")));
        JsonArray row = tables.run(mixed).getJsonArray("rows").getJsonArray(0);
        assertThat(row.getString(0)).isEqualTo("x");
        assertThat(row.getString(1)).isEqualTo(ann.getString(2));
        assertThat(row.getString(2)).isEqualTo("y");
        assertThat(tables.ask(tables.with(Map.of()), "SELECT id FROM customers"))
                .contains("is not open to you", "claim:regions");
        assertThat(tables.ask(tables.with(Map.of("regions", List.of("x') OR ('1' = '1"))), "SELECT id FROM customers"))
                .isEqualTo("rows []");
        assertThat(tables.ask("SELECT nam FROM customers"))
                .doesNotContain("UPPER(LOWER", "MARS", "CASE WHEN", "SHA")
                .contains("read through a subquery");
    }

    private static void descriptionsSamplesAndFiguresTellOfVisibleValues(MaskedTables tables) {
        String customers = tables.described("customers");
        assertThat(MaskedTables.CANARIES).noneMatch(customers::contains);
        assertThat(customers)
                .contains("\"samples\":[\"Ann\",\"Cid\",\"Eve\"]", "\"rows\":3", "\"nulls\":0,\"distinct\":3")
                .containsIgnoringCase("\"masked\":[\"email\",\"phone\",\"salary\",\"born\",\"note\"]")
                .doesNotContain("rowEstimate");
        String contacts = tables.described("contacts");
        assertThat(MaskedTables.CANARIES).noneMatch(contacts::contains);
        assertThat(contacts).containsIgnoringCase("\"masked\":[\"iban\"]");
        assertThat(tables.described("orders")).contains("\"rows\":4", "\"samples\":[10,20,30]");
    }

    /**
     * Statements in which a driver finds other markers than the guard, so that the caller would set the value of the filter
     * and get the key of the mask.
     */
    private static void noValueGetsToAnotherMarker(MaskedTables tables) {
        String more = "e'a'\n'\\' ? '";
        String none = "e'b'\n'\\' x '";
        String hidden = none + " <> '' AND CAST('{\"a\": 1}' AS jsonb) ? 'a' AND " + none + " <> ''";
        String copies = String.join(", ", Collections.nCopies(10, "?"));
        String first = "SELECT ?1, " + copies.substring(3) + ", name, email FROM customers";
        Map<String, String> statements = Map.ofEntries(
                Map.entry(
                        "SELECT " + more + ", " + none
                                + ", ? + 0, CAST(? AS TEXT), CAST(? AS TEXT), name FROM customers WHERE " + hidden,
                        "[1, 2, \"a\", \"ZULU\"]"),
                Map.entry(
                        "SELECT " + more + ", " + none + ", ? + 0, name FROM customers WHERE " + hidden,
                        "[1, \"ZULU\"]"),
                Map.entry("SELECT 'a?', $$'$$, ' ? ', ?, name FROM customers", "[\"ZULU\"]"),
                Map.entry(first, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"),
                Map.entry(first + " WHERE region = ?", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, \"ZULU\"]"),
                Map.entry("SELECT ?2, name, email FROM customers", "[\"a\"]"),
                Map.entry("SELECT ?, ?2, ?3, ?4, name, email FROM customers", "[\"ZULU\", \"a\", \"b\", \"c\"]"),
                Map.entry("SELECT name, email FROM customers LIMIT ?1", "[5]"),
                Map.entry("SELECT 1--'\n ? ', ?, name FROM customers", "[\", email FROM sales.customers -- \"]"),
                Map.entry("SELECT 1--'\n ? ' AS a, email FROM customers", "[]"),
                Map.entry("SELECT 'a\\' ? ', ?, name FROM customers", "[\"ZULU\"]"));
        statements.forEach((sql, values) -> {
            JsonArray parameters =
                    Json.readObject("{\"values\": " + values + "}").getJsonArray("values");
            assertThat(tables.askWith(sql, List.copyOf(parameters)))
                    .as(sql)
                    .doesNotContain("HIDDEN", "@canary")
                    .doesNotContainPattern("[0-9a-f]{64}");
        });
    }

    /** Into tables without rules: what the caller computes must be what is computed on them. */
    private static void copyWhatTheCallerSees(MaskedTables tables, Connection owner) throws SQLException {
        for (String table : List.of("customers", "contacts")) {
            JsonArray rows = tables.run(new SqlStatement("SELECT * FROM " + table, List.of()))
                    .getJsonArray("rows");
            for (JsonValue row : rows) {
                JsonArray values = row.asJsonArray();
                String markers = "?, ".repeat(values.size()).replaceAll(", $", "");
                try (PreparedStatement insert =
                        owner.prepareStatement("INSERT INTO ref." + table + " VALUES (" + markers + ")")) {
                    for (int i = 0; i < values.size(); i++) {
                        JsonValue value = values.get(i);
                        if (value == JsonValue.NULL) {
                            insert.setNull(i + 1, java.sql.Types.NULL);
                        } else if (value instanceof JsonString text) {
                            insert.setString(i + 1, text.getString());
                        } else {
                            insert.setInt(i + 1, values.getInt(i));
                        }
                    }
                    insert.executeUpdate();
                }
            }
        }
    }

    private static void honestStatementsGiveWhatTheCallerSees(MaskedTables tables, MaskedTables copies) {
        int same = 0;
        for (String sql : lines("honest")) {
            String expected = copies.askOpenly(sql.replace("sales.", "ref."));
            if (expected.startsWith("rows")) {
                assertThat(tables.ask(sql)).as(sql).isEqualTo(expected);
                same++;
            }
        }
        assertThat(same).as("statements that this database knows").isGreaterThan(55);
    }

    private static List<String> lines(String file) {
        try (InputStream text = MaskedTablesIT.class.getResourceAsStream("masked/" + file + ".txt")) {
            return new ArrayList<>(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A test on one database. */
    private interface Test {
        void on(MaskedTables tables, Connection owner, Work honest) throws SQLException;
    }

    private static void on(Dialect dialect, Test test) throws SQLException, IOException {
        switch (dialect) {
            case H2 -> {
                String url = "jdbc:h2:mem:hidden;USER=sa;PASSWORD=x";
                try (Connection owner = DriverManager.getConnection(url)) {
                    fill(owner, "CREATE SCHEMA");
                    run(url + ";SCHEMA=SALES", url + ";SCHEMA=REF", owner, test);
                }
            }
            case MARIADB -> {
                try (MariaDb server = MariaDb.start();
                        Connection owner = server.owner()) {
                    fill(owner, "CREATE DATABASE");
                    server.createUser("clerk", "c", "SELECT ON sales.*", "SELECT ON ref.*");
                    run(server.urlAs("sales", "clerk", "c"), server.urlAs("ref", "clerk", "c"), owner, test);
                }
            }
            case POSTGRESQL -> {
                try (EmbeddedPostgres server = LocalPostgres.start();
                        Connection owner = server.getPostgresDatabase().getConnection()) {
                    fill(owner, "CREATE SCHEMA");
                    String url = "jdbc:postgresql://127.0.0.1:" + server.getPort()
                            + "/postgres?user=postgres&currentSchema=";
                    run(url + "sales", url + "ref", owner, test);
                }
            }
            case MYSQL, SQLSERVER, ORACLE, TRINO, DUCKDB, UNKNOWN -> throw new IllegalArgumentException(dialect.name());
        }
    }

    private static void fill(Connection owner, String create) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String schema : List.of("sales", "ref")) {
                statement.execute(create + " " + schema);
                statement.execute(CUSTOMERS.formatted(schema));
                statement.execute(CONTACTS.formatted(schema));
                for (String sql : OTHERS) {
                    statement.execute(sql.formatted(schema));
                }
            }
            statement.execute("INSERT INTO sales.customers VALUES " + String.join(", ", ROWS));
            statement.execute("INSERT INTO sales.contacts VALUES (1, 'DE00canary4444'), (2, 'DE00canary8888')");
        }
    }

    private static void run(String url, String copyUrl, Connection owner, Test test) throws SQLException {
        try (MaskedTables tables = new MaskedTables(url);
                MaskedTables copies = new MaskedTables(copyUrl)) {
            test.on(tables, owner, restricted -> honestStatementsGiveWhatTheCallerSees(restricted, copies));
        }
    }
}
