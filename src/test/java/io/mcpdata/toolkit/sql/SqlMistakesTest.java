package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlMistakesTest {

    private static final String URL = "jdbc:h2:mem:mistakes";

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final ConnectionConfig h2 = InMemoryConfiguration.connection("h2", URL);
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final Connections connections =
            new Connections(InMemoryConfiguration.of(h2), Runnable::run, threads.aborting(), Duration.ofSeconds(30));
    private final StatementTimeout.Threads watching = StatementTimeout.Threads.of(() -> scheduler, threads);
    private final SqlQueries queries = new SqlQueries(connections, watching);
    private Connection owner;

    @BeforeEach
    void fill() throws SQLException {
        owner = DriverManager.getConnection(URL);
        try (Statement sql = owner.createStatement()) {
            sql.execute("CREATE TABLE orders (id INT, \"Mixed Case\" INT, customer_id INT)");
            sql.execute("CREATE SCHEMA other");
            sql.execute("CREATE TABLE other.\"Odd Parts\" (x INT)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connections.close();
        owner.close();
        threads.close();
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT id,~  custmer_id~FROM orders | The database refused the query (SQLSTATE 42S22): Column"
                        + " \"CUSTMER_ID\" not found~line 2, column 3:~  custmer_id~  ^~Near names: CUSTOMER_ID",
                "SELECT o.mixedcase FROM orders o | The database refused the query (SQLSTATE 42S22): Column"
                        + " \"O.MIXEDCASE\" not found~line 1, column 10:~SELECT o.mixedcase FROM orders o~         ^~Near"
                        + " names: \"Mixed Case\"~In H2 such a name stands in double quotes.",
                "SELECT * FROM ordres | The database refused the query (SQLSTATE 42S02): Table \"ORDRES\" not found~line 1,"
                        + " column 15:~SELECT * FROM ordres~              ^~Near names: ORDERS",
                "SELECT * FROM oddparts | The database refused the query (SQLSTATE 42S02): Table \"ODDPARTS\" not"
                        + " found~line 1, column 15:~SELECT * FROM oddparts~              ^~Near names: OTHER.\"Odd Parts\"~In"
                        + " H2 such a name stands in double quotes.",
                "SELECT nowhere, nowhere FROM orders | The database refused the query (SQLSTATE 42S22): Column \"NOWHERE\" not"
                        + " found~sql_describe_table names the columns of a table.",
                "SELECT 'a' + 1 | The database refused the query (SQLSTATE 22018): Data conversion error converting \"a\""
            })
    void aMistakeIsExplainedSoThatItCanBeFixed(String sql, String message) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> query(sql.replace('~', '\n')));
        assertThat(e.category()).isEqualTo("sql_error");
        assertThat(e.getMessage()).isEqualTo(message.replace('~', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT id FROM~orders WHERE WHERE id = 1 | line 2, column 14:~orders WHERE WHERE id = 1~             ^",
                "SELECT '\u00e4\ud83d\ude00\\\t', \"ID\" FROM orders WHERE WHERE | line 1, column 39:~SELECT"
                        + " '\u00e4\ud83d\ude00\\ ', \"ID\" FROM orders WHERE WHERE~                                      ^",
                "SELECT '[*]', id FROM orders WHERE WHERE | line 1, column 36:~SELECT '[*]', id FROM orders WHERE"
                        + " WHERE~                                   ^",
                "EXPLAIN SELECT id FROM orders WHERE WHERE | line 1, column 29:~SELECT id FROM orders WHERE WHERE~"
                        + "                            ^"
            })
    void aSyntaxErrorShowsItsPlaceAndNotTheWholeStatementAgain(String sql, String place) {
        String message = refused(sql.replace('~', '\n'));
        assertThat(message)
                .startsWith("The database refused the query (SQLSTATE 42001): Syntax error in SQL statement; expected")
                .endsWith("\n" + place.replace('~', '\n'))
                .doesNotContain("[42001", "SQL statement:");
    }

    @Test
    void aLongLineIsShownAroundThePlaceAndTheMessageIsBounded() {
        String message = refused("SELECT '" + "x".repeat(5_000) + "' FROM orders WHERE WHERE " + "y".repeat(5_000));
        assertThat(message).hasSizeLessThanOrEqualTo(1_000).contains("line 1, column 5029:\n");
        List<String> lines = message.lines().toList();
        String shown = lines.get(lines.size() - 2);
        assertThat(shown).hasSizeLessThanOrEqualTo(100);
        assertThat(shown.substring(lines.get(lines.size() - 1).indexOf('^'))).startsWith("WHERE yyy");
    }

    @Test
    void aLineWithWhatLooksLikeASecretIsNotRepeated() {
        assertThat(refused("SELECT id FROM orders WHERE WHERE password = 'hunter2'"))
                .endsWith("\nline 1, column 29")
                .doesNotContain("hunter2");
    }

    @Test
    void backTicksAreAdvisedAgainst() {
        assertThat(refused("SELECT `id` FROM `orders` WHERE 1 ="))
                .endsWith("\nIn H2 a name stands in double quotes (\"name\"), not in back ticks.");
    }

    private String refused(String sql) {
        return connections.use(h2, new Cancellation(), connection -> {
            SqlStatement statement = new SqlStatement(sql, List.of());
            return catchThrowableOfType(
                            ToolException.class,
                            () -> new SqlMistakes(watching)
                                    .explaining(
                                            new SqlMistakes.Attempt(
                                                    connection,
                                                    h2,
                                                    statement,
                                                    "",
                                                    Rewriting.none(statement),
                                                    TableFilter.NONE,
                                                    new Cancellation()),
                                            () -> {
                                                try (var prepared =
                                                        connection.jdbc().prepareStatement(sql)) {
                                                    return prepared.executeQuery()
                                                            .next();
                                                }
                                            }))
                    .getMessage();
        });
    }

    private void query(String sql) {
        queries.query(h2, new SqlStatement(sql, List.of()), 10, 10_000, new Cancellation());
    }
}
