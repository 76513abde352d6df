package io.mcpdata.container.server;

import io.mcpdata.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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

/**
 * A real PostgreSQL with one reader, who needs its password, one table, one whose rows depend on the caller, and a
 * function that only takes time. It can go down and come back at the same port. Not thread-safe.
 */
public final class SalesDatabase implements AutoCloseable {

    private static final String ACCESS = """
            host all sales 127.0.0.1/32 scram-sha-256
            host all all   127.0.0.1/32 trust
            """;

    private static final String CONTENT = """
            CREATE ROLE sales LOGIN NOINHERIT PASSWORD '%s';
            CREATE TABLE numbers AS SELECT n FROM generate_series(1, 2000) n;
            GRANT SELECT ON numbers TO sales;
            CREATE ROLE deals_north;
            CREATE ROLE deals_south;
            GRANT deals_north, deals_south TO sales;
            CREATE TABLE deals (region text, owner text);
            INSERT INTO deals SELECT r, o FROM unnest(ARRAY['north', 'south']) r,
              unnest(ARRAY['analyst-service', 'admin-service', 'another']) o;
            GRANT SELECT ON deals TO deals_north, deals_south;
            ALTER TABLE deals ENABLE ROW LEVEL SECURITY;
            CREATE POLICY north ON deals TO deals_north
              USING (region = 'north' AND owner = current_setting('app.caller'));
            CREATE POLICY south ON deals TO deals_south
              USING (region = 'south' AND owner = current_setting('app.caller'));
            CREATE FUNCTION nap(seconds float8) RETURNS text LANGUAGE sql AS 'SELECT pg_sleep(seconds)::text';
            """;

    /** Statements of callers only: the platform's own queries of the catalogue do not count. */
    private static final String OF_STATEMENTS =
            " FROM pg_stat_activity WHERE usename = 'sales' AND state = 'active' AND query ~ 'numbers|nap[(]'";

    private final Path data;
    private final int port = FreePort.next();
    private final String password = Keys.random();
    private EmbeddedPostgres server;
    private List<Integer> working = List.of();

    private SalesDatabase(Path data) throws IOException {
        this.data = data;
        this.server = startServer();
    }

    public static SalesDatabase start() throws IOException, SQLException {
        Path work = Files.createDirectories(Setup.fromMaven().work());
        SalesDatabase database = new SalesDatabase(Files.createTempDirectory(work, "sales"));
        try (Connection owner = database.owner();
                Statement sql = owner.createStatement()) {
            sql.execute(CONTENT.formatted(database.password));
            Files.writeString(database.data.resolve("pg_hba.conf"), ACCESS);
            sql.execute("SELECT pg_reload_conf()");
        }
        return database;
    }

    /** The variables that the files of {@code server-config} need. */
    public Map<String, String> environment() {
        return Map.of(
                "SALES_DB_HOST", "127.0.0.1",
                "SALES_DB_PORT", String.valueOf(port),
                "SALES_DB_NAME", "postgres",
                "SALES_DB_USER", "sales",
                "SALES_DB_PASSWORD", password);
    }

    public String password() {
        return password;
    }

    /** The number of the reader's connections. */
    public int readers() throws SQLException {
        return numbers("SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'sales'")
                .get(0);
    }

    /** Statements of the reader that run. */
    public int running() {
        try {
            return numbers("SELECT COUNT(*)" + OF_STATEMENTS).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> numbers(String query) throws SQLException {
        try (Connection owner = owner();
                Statement sql = owner.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            List<Integer> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    /**
     * Accepts connections and sends nothing: existing connections still work, and requests to cancel a statement hang.
     */
    public void hang() throws IOException {
        signal("STOP");
    }

    public void goOn() throws IOException {
        signal("CONT");
    }

    /** Stops every process of the database: existing connections hang too, and no connection is refused or lost. */
    public void freeze() throws IOException, SQLException {
        working = numbers("SELECT pid" + OF_STATEMENTS);
        signal("STOP");
        for (String pid : children()) {
            signal("STOP", pid);
        }
    }

    /** Lets all processes continue except those that ran a statement when it froze. */
    public void thawIdle() throws IOException {
        for (String pid : children()) {
            if (!working.contains(Integer.valueOf(pid))) {
                goOn(pid);
            }
        }
        signal("CONT");
    }

    public void thaw() throws IOException {
        working = List.of();
        thawIdle();
    }

    /** A process that already continues may end meanwhile, because its client has closed the connection. */
    private void goOn(String pid) throws IOException {
        try {
            signal("CONT", pid);
        } catch (IllegalStateException e) {
            if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
                throw e;
            }
        }
    }

    private void signal(String name) throws IOException {
        signal(name, String.valueOf(postmaster()));
    }

    private void signal(String name, String pid) throws IOException {
        Command.run(data.resolve("signal.log"), Map.of(), List.of("kill", "-" + name, pid));
    }

    private List<String> children() throws IOException {
        return ProcessHandle.of(postmaster())
                .orElseThrow()
                .children()
                .map(child -> String.valueOf(child.pid()))
                .toList();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    public void goDown() throws IOException {
        server.close();
    }

    public void comeBack() throws IOException {
        server = startServer();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Connection owner() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    private EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }
}
