package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the operator, read by an embedded DuckDB. */
@Timeout(120)
final class FilesDatabaseTest {

    private static final String VISITS = "day,visits\n2024-01-01,3\n2024-01-02,4\n";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final InMemoryConfiguration configuration = InMemoryConfiguration.of();
    private final Connections connections =
            new Connections(configuration, Runnable::run, threads.aborting(), Duration.ofSeconds(5));
    private final SqlQueries queries =
            new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads));

    @BeforeEach
    void files() throws SQLException, IOException {
        try (Connection owner = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = owner.createStatement()) {
            sql.execute("COPY (SELECT i AS id, 'name ' || i AS name FROM range(50000) t(i)) TO '"
                    + folder.resolve("orders.parquet") + "'");
        }
        Files.writeString(folder.resolve("visits.csv"), VISITS);
        Files.writeString(folder.resolve("secret.csv"), "secret\n42\n");
    }

    @AfterEach
    void close() {
        connections.close();
        threads.close();
        scheduler.shutdownNow();
    }

    private ConnectionConfig lake() {
        ConnectionConfig lake = new ConnectionConfig(
                "lake",
                "",
                new ConnectionSource.Files(
                        Map.of("orders", folder.resolve("orders.parquet"), "visits", folder.resolve("visits.csv")),
                        64,
                        2),
                1000,
                TIMEOUT,
                Set.of());
        configuration.change(lake);
        return lake;
    }

    private String rows(String sql) {
        return queries.query(lake(), new SqlStatement(sql, List.of()), 100, 100_000, new Cancellation())
                .getJsonArray("rows")
                .toString();
    }

    /** Past the guard: what DuckDB itself refuses. */
    private ToolException refusalOfDuckDb(String sql) {
        return catchThrowableOfType(
                ToolException.class,
                () -> queries.run(lake(), new SqlStatement(sql, List.of()), 100, 100_000, new Cancellation()));
    }

    @Test
    void parquetAndCsvAreViewsThatCanBeJoined() throws SQLException {
        assertThat(rows("SELECT v.day, o.name FROM visits v JOIN orders o ON o.id = v.visits ORDER BY 1"))
                .isEqualTo("[[\"2024-01-01\",\"name 3\"],[\"2024-01-02\",\"name 4\"]]");
        List<TableName> tables =
                queries.schema(lake(), new Cancellation(), ListedTables::of).tables();
        assertThat(tables)
                .extracting(TableName::schema, TableName::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("main", "orders"),
                        org.assertj.core.groups.Tuple.tuple("main", "visits"));
    }

    @Test
    void newContentOfAFileIsReadByTheNextStatement() throws IOException {
        assertThat(rows("SELECT sum(visits) FROM visits")).isEqualTo("[[7]]");
        Files.writeString(folder.resolve("visits.csv"), "day,visits\n2024-01-01,30\n");
        assertThat(rows("SELECT sum(visits) FROM visits")).isEqualTo("[[30]]");
    }

    @Test
    void aFileThatIsGoneIsNamedToNoCaller() throws IOException {
        assertThat(rows("SELECT count(*) FROM visits")).isEqualTo("[[2]]");
        Files.delete(folder.resolve("visits.csv"));
        ToolException refused = refusalOfDuckDb("SELECT count(*) FROM visits");
        assertThat(refused.category()).isEqualTo("sql_error");
        assertThat(refused.getMessage()).doesNotContain(folder.toString());
        assertThat(rows("SELECT count(*) FROM orders")).isEqualTo("[[50000]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM '%s/secret.csv'",
                "SELECT * FROM read_csv('%s/secret.csv')",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_parquet('%s/*.parquet')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM read_csv('https://127.0.0.1:1/x.csv')",
                "COPY (SELECT 1) TO '%s/new.csv'",
                "COPY orders TO '%s/visits.csv'",
                "EXPORT DATABASE '%s/out'",
                "ATTACH '%s/other.duckdb' AS other",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET allowed_paths = ['/etc/hostname']",
                "SET memory_limit = '10GB'",
                "PRAGMA threads = 64",
                "RESET lock_configuration",
                "CREATE TABLE mine (n INT)",
                "DROP VIEW orders",
                "CREATE OR REPLACE VIEW orders AS SELECT 1",
            })
    void duckDbItselfRefusesWhatTheGuardRefuses(String harm) {
        assertThat(refusalOfDuckDb(harm.formatted(folder)).category()).as(harm).isEqualTo("sql_error");
        assertThat(folder.resolve("new.csv")).doesNotExist();
        assertThat(folder.resolve("visits.csv")).hasContent(VISITS);
        assertThat(rows("SELECT count(*) FROM orders")).isEqualTo("[[50000]]");
    }

    @Test
    void aStatementIsInterruptedAtItsTimeout() {
        long begin = System.nanoTime();
        ToolException late = catchThrowableOfType(
                ToolException.class,
                () -> rows("SELECT count(*) FROM orders a, orders b WHERE a.name || b.name LIKE '%9 name 9%7'"));
        assertThat(late.category()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.plusSeconds(5));
        assertThat(rows("SELECT count(*) FROM orders")).isEqualTo("[[50000]]");
    }

    @Test
    void settingsOfTheConnectionAreThoseOfTheConfiguration() {
        String settings = queries.run(
                        lake(),
                        new SqlStatement(
                                "SELECT current_setting('threads'), current_setting('memory_limit'),"
                                        + " current_setting('enable_external_access'), current_setting('lock_configuration')",
                                List.of()),
                        100,
                        100_000,
                        new Cancellation())
                .getJsonArray("rows")
                .toString();
        assertThat(settings).isEqualTo("[[2,\"61.0 MiB\",false,true]]");
    }

    @Test
    void aStatementGetsNoMoreMemoryThanTheConnectionHas() {
        ToolException refused =
                catchThrowableOfType(ToolException.class, () -> rows("SELECT len(list(r)) FROM range(20000000) t(r)"));
        assertThat(refused.category()).isEqualTo("sql_error");
        assertThat(refused.getMessage()).contains("Out of Memory");
        assertThat(rows("SELECT count(*) FROM orders")).isEqualTo("[[50000]]");
    }

    @Test
    void aFileThatIsNoParquetSwitchesTheConnectionOff() throws IOException {
        Files.writeString(folder.resolve("orders.parquet"), "no Parquet");
        try (LogLines log = new LogLines()) {
            ToolException refused = catchThrowableOfType(ToolException.class, () -> rows("SELECT 1"));
            assertThat(refused.category()).isEqualTo("connection_unavailable");
            assertThat(log.lines()).singleElement().asString().contains("connection lake (files)");
        }
    }

    @Test
    void nothingIsLeftInTheDataDirectory() throws IOException {
        rows("SELECT 1");
        Path files = configuration.config().server().dataDirectory().resolve("files");
        connections.close();
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left.filter(path -> String.valueOf(path.getFileName()).startsWith("lake-")))
                    .isEmpty();
        }
    }
}
