package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.testing.FreePort;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a real PgBouncer that gives each transaction any session of the database. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
class PgBouncerIT {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static ScheduledExecutorService scheduler;
    private static EmbeddedPostgres postgres;
    private static Process bouncer;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "PgBouncer is installed, as .ci/run does");
        scheduler = Executors.newScheduledThreadPool(2);
        postgres = LocalPostgres.start();
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement sql = owner.createStatement()) {
            sql.execute("CREATE ROLE reader LOGIN");
        }
        port = FreePort.next();
        bouncer = startBouncer();
    }

    private static Process startBouncer() throws Exception {
        Path folder = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                postgres = host=127.0.0.1 port=%1$d user=reader
                one = host=127.0.0.1 port=%1$d user=reader dbname=postgres pool_size=1
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %2$d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 4
                ignore_startup_parameters = extra_float_digits
                """.formatted(postgres.getPort(), port));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), settings.toString()));
        if (System.getProperty("user.name").equals("root")) {
            // it does not run as root
            command.addAll(1, List.of("-u", "daemon"));
        }
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return started;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (postgres == null) {
            return;
        }
        bouncer.destroy();
        bouncer.waitFor(10, TimeUnit.SECONDS);
        postgres.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @Test
    void answersAreOfTheirOwnStatements() throws Exception {
        ConnectionConfig config = connection("postgres", "");
        try (LogLines log = new LogLines();
                Connections connections =
                        new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting())) {
            SqlQueries queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
            // several callers at once, so that their transactions meet each other's sessions
            ExecutorService callers = Executors.newFixedThreadPool(8);
            try {
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    int added = i % 3;
                    answers.add(callers.submit(() -> sum(queries, config, added)));
                }
                for (int i = 0; i < 400; i++) {
                    assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("[[" + (7 + i % 3) + "]]");
                }
            } finally {
                callers.shutdownNow();
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    /** The statements that another client leaves in the session under the names that the driver counts up. */
    @ParameterizedTest
    @ValueSource(strings = {"", "(int, int) AS SELECT $1 + $2"})
    void lostPreparedStatementIsReportedAsThePoolers(String others) throws Exception {
        ConnectionConfig config = connection("one", "&prepareThreshold=1");
        try (LogLines log = new LogLines();
                Connections connections =
                        new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting())) {
            SqlQueries queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
            for (int i = 0; i < 2; i++) {
                replacePreparedStatements("");
                assertThat(sum(queries, config, 1)).isEqualTo("[[8]]");
                assertThat(sum(queries, config, 1)).isEqualTo("[[8]]");
                replacePreparedStatements(others);
                ToolException e = catchThrowableOfType(ToolException.class, () -> sum(queries, config, 1));
                assertThat(e.category()).isEqualTo("connection_unavailable");
                assertThat(e)
                        .hasMessage("The connection pg goes through a pooler that lost a prepared statement; run the"
                                + " statement again.");
            }
            assertThat(log.lines()).singleElement().asString().contains("prepareThreshold=0", "connection pg (url)");
        }
    }

    private static ConnectionConfig connection(String database, String properties) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=reader" + properties;
        return InMemoryConfiguration.connection("pg", url, Duration.ofSeconds(20), false);
    }

    private static String sum(SqlQueries queries, ConnectionConfig config, int added) {
        // only statements with parameters are prepared
        SqlStatement statement = new SqlStatement("SELECT CAST(? AS INT) + " + added, List.of(Json.createValue(7)));
        return queries.run(config, statement, 1, 1000, new Cancellation())
                .getJsonArray("rows")
                .toString();
    }

    private static void replacePreparedStatements(String others) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/one?user=reader&prepareThreshold=0";
        try (Connection client = DriverManager.getConnection(url);
                Statement sql = client.createStatement()) {
            sql.execute("DEALLOCATE ALL");
            for (int i = 0; i < 100 && !others.isEmpty(); i++) {
                sql.execute("PREPARE \"S_" + i + "\"" + others);
            }
        }
    }

    @Test
    void queryBehindThePoolerEndsAtItsTimeout() {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=reader";
        ConnectionConfig config = InMemoryConfiguration.connection("pg", url, Duration.ofSeconds(2), false);
        try (Connections connections =
                new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting())) {
            SqlQueries queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
            long began = System.nanoTime();
            ToolException e = catchThrowableOfType(
                    ToolException.class,
                    () -> queries.run(
                            config, new SqlStatement("SELECT pg_sleep(60)", List.of()), 1, 1000, new Cancellation()));
            assertThat(e.category()).isEqualTo("timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        }
    }
}
