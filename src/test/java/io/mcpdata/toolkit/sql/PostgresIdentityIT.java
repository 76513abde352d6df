package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.testing.Attack;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Row level security of a real PostgreSQL for many callers on one pool, without a server. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(180)
@OnOneServer
@OnLiberty
class PostgresIdentityIT {

    private static final String IDENTITY = """
            {role: {by: persona, values: {analyst: app_analyst, viewer: app_viewer, admin: app_super}, default: app_gone},
             variables: {app.caller: identity, app.region: {by: 'claim:region', default: none}}}""";

    private static final String CONTENT = """
            CREATE ROLE app LOGIN NOINHERIT;
            CREATE ROLE app_analyst;
            CREATE ROLE app_viewer;
            CREATE ROLE app_super SUPERUSER;
            GRANT app_analyst, app_viewer, app_super TO app;
            CREATE TABLE sales AS SELECT 'caller-' || c AS owner, n FROM generate_series(0, 15) c, generate_series(1, 20) n;
            GRANT SELECT ON sales TO app_analyst, app_viewer;
            ALTER TABLE sales ENABLE ROW LEVEL SECURITY;
            CREATE POLICY of_analysts ON sales FOR SELECT TO app_analyst USING (owner = current_setting('app.caller'));
            CREATE POLICY of_viewers ON sales FOR SELECT TO app_viewer
              USING (owner = current_setting('app.caller') AND n <= 5);
            """;

    private static final int CALLERS = 16;
    private static final String ROWS = "SELECT owner, COUNT(*) FROM sales GROUP BY owner";
    private static final String SESSION = "SELECT current_user, current_setting('app.caller', true)";
    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static ScheduledExecutorService scheduler;
    private static EmbeddedPostgres postgres;
    private static ConnectionConfig config;
    private static ConnectionConfig hurried;
    private static ConnectionConfig plain;
    private static Connections connections;
    private static SqlQueries queries;

    @BeforeAll
    static void start() throws IOException, SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        postgres = LocalPostgres.start();
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement sql = owner.createStatement()) {
            sql.execute(CONTENT);
        }
        ConnectionSource source = new ConnectionSource.Url(
                new Secret("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=app"),
                Optional.empty(),
                Optional.empty());
        config = DatabaseIdentityTest.connection("pg", source, Duration.ofSeconds(20), IDENTITY);
        hurried = DatabaseIdentityTest.connection("pg", source, Duration.ofMillis(20), IDENTITY);
        plain = new ConnectionConfig("pg", "", source, 1000, Duration.ofSeconds(20), java.util.Set.of());
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
        queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
    }

    @AfterAll
    static void stop() throws IOException {
        connections.close();
        postgres.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @Test
    void callersOfOnePoolSeeTheirOwnRows() {
        assertThat(query("analyst", 3, ROWS)).isEqualTo("[[\"caller-3\",20]]");
        assertThat(query("viewer", 3, ROWS)).isEqualTo("[[\"caller-3\",5]]");
        assertThat(query("viewer", 4, ROWS)).isEqualTo("[[\"caller-4\",5]]");
        assertThat(queries.by(caller("analyst", 4))
                        .explain(config, statement(ROWS), 10_000, new Cancellation())
                        .toString())
                .as("the policy is in the plan")
                .contains("app.caller");
    }

    @Test
    void roleAndVariablesAreInForceForTablesMetadataAndAfterAMistake() {
        String looking = queries.by(caller("viewer", 5))
                .look(config, new Cancellation(), metadata -> text(metadata.getConnection(), SESSION));
        assertThat(looking).isEqualTo("app_viewer caller-5");
        String again = connections.use(config, sqlCaller("viewer", 5), connection -> {
            connection.beginAgain();
            return text(connection.jdbc(), SESSION);
        });
        assertThat(again).isEqualTo("app_viewer caller-5");
        ToolException e = catchThrowableOfType(ToolException.class, () -> query("viewer", 5, "SELECT * FROM sale"));
        assertThat(e).hasMessageContaining("Near names: sales");
    }

    @Test
    void sessionGoesBackAsTheAccountItself() {
        for (int i = 0; i < 2 * ConnectionPools.SIZE; i++) {
            query("viewer", i % CALLERS, ROWS);
            String session = connections.use(plain, new Cancellation(), connection -> text(connection.jdbc(), SESSION));
            assertThat(session).matches("app (null)?");
        }
    }

    @Test
    void roleThatTheAccountMayNotHaveIsARefusalForThatCallerAlone() {
        try (LogLines log = new LogLines()) {
            ToolException e = catchThrowableOfType(ToolException.class, () -> query("unlisted", 1, ROWS));
            assertThat(e.category()).isEqualTo("identity_refused");
            assertThat(e.getMessage()).doesNotContain("app_gone");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARNING connections.pg.identity: the database refused role app_gone, variables app.caller,")
                    .doesNotContain("caller-1");
        }
        assertThat(query("analyst", 1, ROWS)).isEqualTo("[[\"caller-1\",20]]");
    }

    @Test
    void roleWithMoreRightsThanReadingIsRefused() {
        try (LogLines log = new LogLines()) {
            ToolException e = catchThrowableOfType(ToolException.class, () -> query("admin", 1, ROWS));
            assertThat(e.category()).isEqualTo("account_refused");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("connection pg in the role app_super: its PostgreSQL account", "superuser");
        }
        assertThat(query("analyst", 1, ROWS)).isEqualTo("[[\"caller-1\",20]]");
    }

    @Test
    void noStatementChangesTheIdentity() {
        List<String> attempts = new ArrayList<>();
        for (Attack attack : Attack.on("postgresql", Map.of("secret", "x", "self", "x", "pid", "1"))) {
            if (attack.kind().equals("identity")) {
                ToolException e =
                        catchThrowableOfType(ToolException.class, () -> query("viewer", 1, attack.statement()));
                attempts.add(e == null ? "answered: " + attack.statement() : e.category());
            }
        }
        assertThat(attempts).hasSizeGreaterThan(40).containsOnly("statement_refused");
    }

    /** With cancellations, timeouts, mistakes, refused callers, and uses of the same pool without an identity. */
    @Test
    void tenThousandSwitchedCallersNeverSeeTheRowsOfAnother() throws Exception {
        query("analyst", 1, ROWS);
        query("viewer", 1, ROWS);
        IdentityStress stress = new IdentityStress(scheduler);
        long begin = System.nanoTime();
        List<String> wrong = stress.run(10_000, CALLERS, PostgresIdentityIT::call);
        System.out.printf(
                "10,000 switched callers in %d ms: %s%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(), stress.outcomes());
        assertThat(wrong).isEmpty();
        assertThat(stress.times("answered")).isGreaterThan(5_000);
        for (String outcome : List.of("cancelled", "timeout", "sql_error", "identity_refused")) {
            assertThat(stress.times(outcome)).as(outcome).isPositive();
        }
        assertThat(stress.outcomes().keySet())
                .containsOnly("answered", "cancelled", "timeout", "sql_error", "identity_refused");
    }

    private static String call(int caller, Random random, Cancellation cancellation) {
        String persona = random.nextBoolean() ? "analyst" : "viewer";
        int kind = random.nextInt(100);
        if (kind < 4) {
            String session = connections.use(plain, cancellation, connection -> text(connection.jdbc(), SESSION));
            return session.matches("app (null)?") ? "" : "the account itself had the identity " + session;
        }
        if (kind < 5) {
            return "refused caller saw " + query("unlisted", caller, ROWS, cancellation);
        }
        if (kind < 7) {
            return "no rows expected: " + query(persona, caller, "SELECT * FROM sale", cancellation);
        }
        if (kind < 9) {
            return "no rows expected: " + query(persona, caller, "SELECT n / 0 FROM sales", cancellation);
        }
        boolean late = kind < 10;
        String sql = "SELECT owner, COUNT(*), current_user, current_setting('app.caller') FROM sales"
                + (late ? ", pg_sleep(0.5)" : kind < 20 ? ", pg_sleep(0.003)" : "") + " GROUP BY owner";
        String rows = Json.write(queries.by(caller(persona, caller))
                .run(late ? hurried : config, statement(sql), 100, 10_000, cancellation)
                .getJsonArray("rows"));
        String expected = "[[\"caller-%1$d\",%2$d,\"app_%3$s\",\"caller-%1$d\"]]"
                .formatted(caller, persona.equals("viewer") ? 5 : 20, persona);
        return rows.equals(expected) ? "" : "caller-" + caller + " as " + persona + " saw " + rows;
    }

    private static String query(String persona, int caller, String sql) {
        return query(persona, caller, sql, new Cancellation());
    }

    private static String query(String persona, int caller, String sql, Cancellation cancellation) {
        return Json.write(queries.by(caller(persona, caller))
                .query(config, statement(sql), 100, 10_000, cancellation)
                .getJsonArray("rows"));
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, List.of());
    }

    private static SqlCaller sqlCaller(String persona, int number) {
        return new SqlCaller(caller(persona, number), new Cancellation());
    }

    private static CallerFacts caller(String persona, int number) {
        return new CallerFacts("caller-" + number, "a name", persona, List.of(), path -> List.of());
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1) + " " + row.getString(2);
        }
    }
}
