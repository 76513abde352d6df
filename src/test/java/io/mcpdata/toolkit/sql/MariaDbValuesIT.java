package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and messages of a real MariaDB that its driver would change or lose. */
@Timeout(120)
@OnOneServer
@OnLiberty
final class MariaDbValuesIT {

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static ScheduledExecutorService scheduler;
    private static MariaDb database;
    private static ConnectionConfig config;
    private static Connections connections;
    private static SqlQueries queries;

    @BeforeAll
    static void start() throws SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        database = MariaDb.start();
        database.createDatabase("shop");
        database.createUser("reader", "hunter2", "SELECT ON shop.*");
        try (Connection owner = database.owner("shop");
                Statement sql = owner.createStatement()) {
            sql.execute("SET SESSION sql_mode = ''");
            sql.execute(
                    "CREATE TABLE oddities (n INT, flag TINYINT(1), bits BIT(5), one BIT(1), t TIME, t6 TIME(6), d DATE,"
                            + " moment DATETIME, seen TIMESTAMP NULL, y YEAR, big BIGINT UNSIGNED, price DECIMAL(30, 4),"
                            + " `odd col` INT)");
            sql.execute(
                    "INSERT INTO oddities VALUES (1, 2, b'10101', 1, '838:59:59', '-10:20:00.5', '0000-00-00',"
                            + " '0000-00-00 00:00:00', '2024-02-29 10:20:00', 2024, 18446744073709551615, 12345678901234567.25, 0),"
                            + " (2, 0, b'0', 0, '-00:10:00', '10:20:00', '2024-02-29', '2024-02-29 10:20:00', NULL, 1999, 1, 1.5, 0)");
        }
        config = InMemoryConfiguration.connection("maria", database.urlAs("shop", "reader", "hunter2"));
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
        queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
    }

    @AfterAll
    static void stop() {
        connections.close();
        database.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "flag | 2,0 | ``",
                "bits | 21,0 | ``",
                "one | 1,0 | ``",
                "t | \"838:59:59\",\"-00:10:00\" | ``",
                "t6 | \"-10:20:00.500000\",\"10:20:00.000000\" | ``",
                "d | \"0000-00-00\",\"2024-02-29\" | ``",
                "moment | \"0000-00-00 00:00:00\",\"2024-02-29T10:20:00\" | ``",
                "seen | \"2024-02-29T10:20:00\",null | ``",
                "y | \"2024\",\"1999\" | ``",
                "big | \"18446744073709551615\",\"1\" | string",
                "price | \"12345678901234567.2500\",\"1.5000\" | string",
                "n = 1 | 1,0 | ``"
            })
    void everyTypeHasItsForm(String expression, String values, String json) {
        JsonObject result = query("SELECT " + expression + " AS v FROM oddities ORDER BY n");
        assertThat(Json.write(result.getJsonArray("rows"))).isEqualTo("[[" + values.replace(",", "],[") + "]]");
        assertThat(result.getJsonArray("columns").getJsonObject(0).getString("json", ""))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT oddcol FROM oddities | (SQLSTATE 42S22): Unknown column 'oddcol' in 'SELECT'#line 1, column 8:#SELECT"
                        + " oddcol FROM oddities#       ^#Near names: `odd col`#In MariaDB such a name stands in back ticks.",
                "SELECT n FROM odities | (SQLSTATE 42S02): Table 'shop.odities' doesn't exist#line 1, column 15:#SELECT n FROM"
                        + " odities#              ^#Near names: oddities",
                "SELECT n#FROM oddities WHERE n IN () | (SQLSTATE 42000): You have an error in your SQL syntax; check the manual"
                        + " that corresponds to your MariaDB server version for the right syntax to use near ')' at line 2#line 2,"
                        + " column 27:#FROM oddities WHERE n IN ()#                          ^",
                "SELECT n FROM elsewhere.secrets | (SQLSTATE 42000): SELECT command denied to user [account] for table"
                        + " `elsewhere`.`secrets`"
            })
    void aMistakeIsExplainedSoThatItCanBeFixed(String sql, String message) {
        ToolException e = catchThrowableOfType(ToolException.class, () -> query(sql.replace('#', '\n')));
        assertThat(e).hasMessage("The database refused the query " + message.replace('#', '\n'));
        assertThat(e.getMessage()).doesNotContain("conn=", "reader", "hunter2");
    }

    private static JsonObject query(String sql) {
        return queries.query(config, new SqlStatement(sql, List.of()), 100, 100_000, new Cancellation());
    }
}
