package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.PlanLimitsConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.testing.LocalPostgres;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What each wall around a query costs on PostgreSQL, as a ratio to the same query over the same driver and pool without any
 * wall, with the rows read by the same code. The ways alternate in rounds. Run in the project's folder:
 *
 * <pre>
 * mvn -B -q -ntp -Dquick test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * javac -d target/bench -cp "target/classes:target/test-classes:$(cat target/classpath)" bench/Walls.java
 * java -cp "target/bench:target/classes:target/test-classes:$(cat target/classpath)" io.mcpdata.toolkit.sql.Walls [rounds]
 * </pre>
 *
 * Figures of one machine and one moment: compare only what one run printed.
 */
final class Walls {

    private static final int CALLS_OF_A_ROUND = 25;
    private static final int WARM_UP = 20;
    private static final String SESSIONS = "and a session for each call (privileged account)";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String SQL = "SELECT id, label, amount FROM orders WHERE id < 10 AND amount > %d ORDER BY id";

    /** Rules that hide nothing that the statement reads. */
    private static final TableFilter RULES = new TableFilter() {
        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public Optional<String> hiddenBy(String schema, String table) {
            return table.equals("salaries") ? Optional.of("rule") : Optional.empty();
        }
    };

    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final Map<String, Callable<?>> ways = new LinkedHashMap<>();
    private int number;

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        try (EmbeddedPostgres postgres = LocalPostgres.start()) {
            try (Connection owner = postgres.getPostgresDatabase().getConnection();
                    Statement sql = owner.createStatement()) {
                sql.execute("CREATE TABLE orders (id INT PRIMARY KEY, label VARCHAR(20), amount INT)");
                sql.execute("INSERT INTO orders SELECT n, 'order ' || n, n * 7 FROM generate_series(1, 1000) n");
                sql.execute("ANALYZE orders");
                sql.execute("CREATE ROLE reader LOGIN");
                sql.execute("GRANT SELECT ON orders TO reader");
            }
            new Walls().measure(postgres.getPort(), rounds);
        }
        System.exit(0);
    }

    private void measure(int port, int rounds) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?prepareThreshold=0&user=";
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url + "reader");
        HikariDataSource bare = new HikariDataSource(pool);
        ways.put("no wall", () -> plain(bare, false, ""));
        ways.put("read-only transaction and rollback", () -> plain(bare, true, ""));
        ways.put("and statement_timeout in the batch", () -> plain(bare, true, "SET LOCAL statement_timeout = 21000;"));
        ConnectionConfig reader = InMemoryConfiguration.connection("db", url + "reader", TIMEOUT, false);
        SqlQueries queries = queries(reader);
        ways.put("all walls, a repeated statement", () -> query(queries, reader, sql(0)));
        ways.put("all walls, a statement that is new", () -> query(queries, reader, sql(-number++)));
        SqlQueries ruled = queries.by(CallerFacts.NONE, connection -> RULES);
        ways.put("and rules over tables", () -> query(ruled, reader, sql(0)));
        ConnectionConfig planned =
                InMemoryConfiguration.planned(reader, new PlanLimitsConfig(Optional.of(1_000_000L), Optional.empty()));
        SqlQueries limited = queries(planned);
        ways.put("and plan_limits", () -> query(limited, planned, sql(0)));
        ConnectionConfig owner = InMemoryConfiguration.connection("db", url + "postgres", TIMEOUT, true);
        SqlQueries privileged = queries(owner);
        ways.put(SESSIONS, () -> query(privileged, owner, sql(0)));
        print(times(rounds));
    }

    private SqlQueries queries(ConnectionConfig config) {
        Connections connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, threads.aborting());
        return new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads));
    }

    private static String sql(int amount) {
        return SQL.formatted(amount);
    }

    private static Object query(SqlQueries queries, ConnectionConfig config, String sql) {
        return queries.query(config, new SqlStatement(sql, List.of()), 1000, 1_000_000, new Cancellation());
    }

    private static Object plain(HikariDataSource pool, boolean readOnly, String setting) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (readOnly) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
            }
            try (Statement statement = connection.createStatement()) {
                if (!statement.execute(setting + sql(0))) {
                    statement.getMoreResults();
                }
                try (ResultSet rows = statement.getResultSet()) {
                    return new SqlResults(1000, 1_000_000).read(rows, Dialect.POSTGRESQL, () -> {});
                }
            } finally {
                if (readOnly) {
                    connection.rollback();
                }
            }
        }
    }

    /** A new session takes so long that few calls tell enough. */
    private static int calls(String way) {
        return way.equals(SESSIONS) ? 1 : CALLS_OF_A_ROUND;
    }

    private Map<String, double[]> times(int rounds) throws Exception {
        Map<String, double[]> all = new LinkedHashMap<>();
        ways.keySet().forEach(way -> all.put(way, new double[rounds * calls(way)]));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Map.Entry<String, Callable<?>> way : ways.entrySet()) {
                int calls = calls(way.getKey());
                for (int i = 0; i < calls; i++) {
                    long began = System.nanoTime();
                    way.getValue().call();
                    if (round >= 0) {
                        all.get(way.getKey())[round * calls + i] = (System.nanoTime() - began) / 1e3;
                    }
                }
            }
        }
        return all;
    }

    private static void print(Map<String, double[]> times) {
        double floor = 0;
        for (Map.Entry<String, double[]> way : times.entrySet()) {
            double[] sorted = way.getValue().clone();
            Arrays.sort(sorted);
            double middle = sorted[sorted.length / 2];
            floor = floor == 0 ? middle : floor;
            System.out.printf(
                    "%-52s p50 %7.0f us  p99 %7.0f us  %5.2f times no wall, %+6.0f us%n",
                    way.getKey(), middle, sorted[sorted.length * 99 / 100], middle / floor, middle - floor);
        }
    }
}
