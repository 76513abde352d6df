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
import io.mcpdata.testing.MariaDb;
import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
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
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Roles and user variables of a real MariaDB for many callers on one pool, without a server. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@OnOneServer
@OnLiberty
class MariaDbIdentityIT {

    private static final String IDENTITY = """
            {role: {by: persona, values: {analyst: app_analyst, viewer: app_viewer}, default: app_gone},
             variables: {app_caller: identity}}""";

    private static final String ROWS = "SELECT owner, COUNT(*) FROM my_sales GROUP BY owner";
    private static final String SESSION = "SELECT CURRENT_ROLE(), @app_caller";
    private static final int CALLERS = 16;
    private static final SqlThreads THREADS = SqlThreads.of(Thread::new);

    private static ScheduledExecutorService scheduler;
    private static MariaDb mariadb;
    private static ConnectionConfig config;
    private static ConnectionConfig hurried;
    private static ConnectionConfig plain;
    private static Connections connections;
    private static SqlQueries queries;

    @BeforeAll
    static void start() throws SQLException {
        scheduler = Executors.newScheduledThreadPool(2);
        mariadb = MariaDb.start();
        mariadb.createDatabase("shop");
        mariadb.createUser("app", "a");
        try (Connection owner = mariadb.owner("shop");
                Statement sql = owner.createStatement()) {
            for (String statement : List.of(
                    "CREATE ROLE app_default",
                    "CREATE ROLE app_analyst",
                    "CREATE ROLE app_viewer",
                    "CREATE ROLE app_gone",
                    "CREATE TABLE sales AS SELECT CONCAT('caller-', c.seq) AS owner, n.seq AS n FROM seq_0_to_15 c, seq_1_to_20 n",
                    "CREATE TABLE notes (text VARCHAR(100))",
                    "CREATE FUNCTION caller() RETURNS VARCHAR(256) CHARACTER SET utf8mb4 NO SQL RETURN @app_caller",
                    "CREATE SQL SECURITY DEFINER VIEW my_sales AS SELECT owner, n FROM sales WHERE owner = caller()",
                    "GRANT USAGE ON shop.* TO app_default",
                    "GRANT SELECT ON shop.my_sales TO app_analyst",
                    "GRANT SELECT ON shop.my_sales TO app_viewer",
                    "GRANT SELECT ON shop.notes TO app_analyst",
                    "GRANT SELECT ON shop.notes TO app_default",
                    "GRANT app_default TO 'app'@'127.0.0.1'",
                    "GRANT app_analyst TO 'app'@'127.0.0.1'",
                    "GRANT app_viewer TO 'app'@'127.0.0.1'",
                    "SET DEFAULT ROLE app_default FOR 'app'@'127.0.0.1'")) {
                sql.execute(statement);
            }
        }
        ConnectionSource source = new ConnectionSource.Url(
                new Secret(mariadb.urlAs("shop", "app", "a")), Optional.empty(), Optional.empty());
        config = DatabaseIdentityTest.connection("shop", source, Duration.ofSeconds(20), IDENTITY);
        hurried = DatabaseIdentityTest.connection("shop", source, Duration.ofMillis(20), IDENTITY);
        plain = new ConnectionConfig("shop", "", source, 1000, Duration.ofSeconds(20), Set.of());
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, THREADS.aborting());
        queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, THREADS));
    }

    @AfterAll
    static void stop() {
        connections.close();
        mariadb.close();
        scheduler.shutdownNow();
        THREADS.close();
    }

    @Test
    void callersOfOnePoolSeeTheirOwnRowsAndTables() {
        assertThat(query("analyst", 3, ROWS)).isEqualTo("[[\"caller-3\",20]]");
        assertThat(query("viewer", 4, ROWS)).isEqualTo("[[\"caller-4\",20]]");
        assertThat(tables("analyst")).containsExactlyInAnyOrder("my_sales", "notes");
        assertThat(tables("viewer")).containsExactly("my_sales");
        assertThat(catchThrowableOfType(ToolException.class, () -> query("viewer", 1, "SELECT * FROM notes"))
                        .category())
                .isEqualTo("sql_error");
    }

    @Test
    void sessionGoesBackWithItsFormerRoleAndWithoutVariables() {
        for (int i = 0; i < 2 * ConnectionPools.SIZE; i++) {
            query("viewer", i % CALLERS, ROWS);
            assertThat(plainSession(new Cancellation())).isEqualTo("app_default null");
        }
    }

    @Test
    void roleThatTheAccountMayNotHaveIsARefusal() {
        ToolException e = catchThrowableOfType(ToolException.class, () -> query("unlisted", 1, ROWS));
        assertThat(e.category()).isEqualTo("identity_refused");
        assertThat(query("analyst", 1, ROWS)).isEqualTo("[[\"caller-1\",20]]");
    }

    @Test
    void noStatementChangesTheIdentity() {
        List<String> attempts = new ArrayList<>();
        for (Attack attack : Attack.on("mariadb", Map.of("secret", "x", "pid", "1"))) {
            if (attack.kind().equals("identity")) {
                ToolException e =
                        catchThrowableOfType(ToolException.class, () -> query("viewer", 1, attack.statement()));
                attempts.add(e == null ? "answered: " + attack.statement() : e.category());
            }
        }
        assertThat(attempts).hasSizeGreaterThan(25).containsOnly("statement_refused");
    }

    @Test
    void twoThousandSwitchedCallersNeverSeeTheRowsOfAnother() throws Exception {
        query("analyst", 1, ROWS);
        query("viewer", 1, ROWS);
        IdentityStress stress = new IdentityStress(scheduler);
        long begin = System.nanoTime();
        List<String> wrong = stress.run(2_000, CALLERS, MariaDbIdentityIT::call);
        System.out.printf(
                "2,000 switched callers in %d ms: %s%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(), stress.outcomes());
        assertThat(wrong).isEmpty();
        assertThat(stress.times("answered")).isGreaterThan(1_000);
        for (String outcome : List.of("cancelled", "timeout", "sql_error", "identity_refused")) {
            assertThat(stress.times(outcome)).as(outcome).isPositive();
        }
    }

    private static String call(int caller, Random random, Cancellation cancellation) {
        String persona = random.nextBoolean() ? "analyst" : "viewer";
        int kind = random.nextInt(100);
        if (kind < 4) {
            String session = plainSession(cancellation);
            return session.equals("app_default null") ? "" : "the account itself had the identity " + session;
        }
        if (kind < 6) {
            return "refused caller saw " + query("unlisted", caller, ROWS, cancellation);
        }
        if (kind < 8) {
            return "no rows expected: " + query(persona, caller, "SELECT * FROM note", cancellation);
        }
        boolean late = kind < 10;
        String sql = "SELECT owner, COUNT(*), CURRENT_ROLE(), @app_caller"
                + (late ? ", SLEEP(0.5)" : kind < 30 ? ", SLEEP(0.003)" : "") + " FROM my_sales GROUP BY owner";
        String rows = Json.write(queries.by(caller(persona, caller))
                .run(late ? hurried : config, statement(sql), 100, 10_000, cancellation)
                .getJsonArray("rows"));
        String expected = "[[\"caller-%1$d\",20,\"app_%2$s\",\"caller-%1$d\"".formatted(caller, persona);
        return rows.startsWith(expected) && rows.indexOf("caller-", expected.length()) < 0
                ? ""
                : "caller-" + caller + " as " + persona + " saw " + rows;
    }

    private static String plainSession(Cancellation cancellation) {
        return connections.use(plain, cancellation, connection -> {
            try (Statement statement = connection.jdbc().createStatement();
                    ResultSet row = statement.executeQuery(SESSION)) {
                row.next();
                return row.getString(1) + " " + row.getString(2);
            }
        });
    }

    private static List<String> tables(String persona) {
        return queries
                .by(caller(persona, 1))
                .look(config, new Cancellation(), metadata -> new SqlSchema(metadata).tables())
                .stream()
                .map(TableName::name)
                .toList();
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

    private static CallerFacts caller(String persona, int number) {
        return new CallerFacts("caller-" + number, "a name", persona, List.of(), path -> List.of());
    }
}
