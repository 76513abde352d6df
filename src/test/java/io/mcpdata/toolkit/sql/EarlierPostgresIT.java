package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.EarlierPostgres;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A caller's statements and all attacks, on PostgreSQL 16; all other tests run on 18. The guard reads the allowed
 * functions from its catalogue, which has other functions.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
@OnOneServer
@OnLiberty
final class EarlierPostgresIT {

    private static final String ENDLESS =
            "SELECT COUNT(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b";

    /** Kinds whose statements may be harmless as the database reads them, or end in time with a small result. */
    private static final Set<String> MAY_BE_ANSWERED = Set.of("lexer", "cpu", "memory");

    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    @TempDir
    static Path folder;

    private static ScheduledExecutorService scheduler;
    private static EmbeddedPostgres postgres;
    private static Connection owner;
    private static ConnectionConfig config;
    private static Connections connections;
    private static SqlQueries queries;

    @BeforeAll
    static void start() throws IOException, SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        postgres = EarlierPostgres.start();
        owner = postgres.getPostgresDatabase().getConnection();
        PostgresSample.load(owner);
        try (Statement sql = owner.createStatement()) {
            for (String statement : Attack.setup("postgresql", values())) {
                sql.execute(statement);
            }
        }
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
        config = InMemoryConfiguration.connection("pg", url, Duration.ofSeconds(5), true);
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
        queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
    }

    private static Map<String, String> values() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        return Map.of(
                "secret",
                secret.toString(),
                "folder",
                folder.toString(),
                "password",
                "unused",
                "port",
                "1",
                "pid",
                "1",
                "self",
                "host=127.0.0.1 port=" + postgres.getPort() + " user=canaryadmin dbname=postgres");
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        connections.close();
        owner.close();
        postgres.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @Test
    void tablesAreListedDescribedAndQueriedWithParameters() {
        assertThat(connections
                        .profile(config, SqlCaller.platform(new Cancellation()))
                        .syntax()
                        .dialect()
                        .name())
                .isEqualTo("POSTGRESQL");
        JsonObject lines = queries.look(config, new Cancellation(), metadata -> {
            assertThat(metadata.getDatabaseMajorVersion()).isEqualTo(16);
            SqlSchema schema = new SqlSchema(metadata);
            assertThat(schema.tables()).extracting(TableName::qualified).contains("public.orders", "other.orders");
            return schema.describe(schema.named("public", "ORDER_LINES").get(0));
        });
        assertThat(Json.write(lines.getJsonArray("primaryKey"))).isEqualTo("[\"order_id\",\"no\"]");
        SqlStatement count = new SqlStatement(
                "SELECT COUNT(*) FROM numbers WHERE n > ?",
                Json.readObject("{\"p\":[5]}").getJsonArray("p"));
        assertThat(queries.query(config, count, 10, 1_000, new Cancellation()).getInt("rowCount"))
                .isEqualTo(1);
        assertThat(Json.write(queries.explain(config, count, 10_000, new Cancellation())))
                .contains("numbers");
    }

    @Test
    void cancellingEndsTheRunningStatement() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<ToolException> failure =
                scheduler.submit(() -> catchThrowableOfType(ToolException.class, () -> query(ENDLESS, cancellation)));
        while (running() == 0) {
            Thread.sleep(10);
        }
        cancellation.cancel();
        assertThat(failure.get(15, TimeUnit.SECONDS).category()).isEqualTo("cancelled");
        assertThat(running()).isZero();
    }

    /**
     * Uses an account that could do all the harm; the database itself refuses the few attacks that the guard accepts.
     */
    @Test
    void noAttackIsAnswered() throws Exception {
        List<Attack> attacks = new ArrayList<>(Attack.on("postgresql", values()));
        // a keyword since 17, so that no user's function can have this name
        attacks.add(new Attack("name", "SELECT json_value('{}', '$')"));
        List<String> answered = new ArrayList<>();
        for (Attack attack : attacks) {
            if (!MAY_BE_ANSWERED.contains(attack.kind())) {
                ToolException refused =
                        catchThrowableOfType(ToolException.class, () -> query(attack.statement(), new Cancellation()));
                if (refused == null || refused.category().equals("timeout")) {
                    answered.add(attack.toString());
                }
            }
        }
        assertThat(answered).isEmpty();
        try (Statement sql = owner.createStatement();
                ResultSet row = sql.executeQuery(
                        "SELECT string_agg(id || note, ',' ORDER BY id), (SELECT is_called FROM canary_sequence) FROM canary")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("1one,2two,3three");
            assertThat(row.getBoolean(2)).isFalse();
        }
    }

    private static void query(String sql, Cancellation cancellation) {
        queries.query(config, new SqlStatement(sql, List.of()), 10, 10_000, cancellation);
    }

    private static int running() throws SQLException {
        return PostgresSample.running(owner, "generate_series");
    }
}
