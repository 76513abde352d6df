package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Behind a real PgBouncer that gives each transaction any session of the database. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
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
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
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
                postgres = host=127.0.0.1 port=%d user=reader
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
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
    void poolIsReopenedWithoutPreparedStatementsOnceOneIsLost() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=reader";
        ConnectionConfig config = InMemoryConfiguration.connection("pg", url, Duration.ofSeconds(20), false);
        try (LogLines log = new LogLines();
                Connections connections =
                        new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting())) {
            SqlQueries queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));

            assertThat(failures(queries, config))
                    .hasSizeLessThan(ConnectionPools.SIZE + 1)
                    .allSatisfy(e -> {
                        assertThat(e.category()).isEqualTo("connection_unavailable");
                        assertThat(e).hasMessageContaining("pooler").hasMessageContaining("run the statement again");
                    });
            assertThat(failures(queries, config)).isEmpty();
            assertThat(log.lines()).singleElement().asString().contains("prepareThreshold=0", "connection pg (url)");
        }
    }

    @Test
    void queryBehindThePoolerEndsAtItsTimeout() {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=reader&prepareThreshold=0";
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

    /** Several callers at once, so that their transactions meet each other's sessions. */
    private static List<ToolException> failures(SqlQueries queries, ConnectionConfig config) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<@Nullable ToolException>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                // only statements with parameters are prepared
                SqlStatement statement = new SqlStatement("SELECT CAST(? AS INT) + " + i % 3, List.of(JsonValue.NULL));
                calls.add(callers.submit(() -> catchThrowableOfType(
                        ToolException.class, () -> queries.run(config, statement, 1, 1000, new Cancellation()))));
            }
            List<ToolException> failures = new ArrayList<>();
            for (Future<@Nullable ToolException> call : calls) {
                ToolException failure = call.get(60, TimeUnit.SECONDS);
                if (failure != null) {
                    failures.add(failure);
                }
            }
            return failures;
        } finally {
            callers.shutdownNow();
        }
    }
}
