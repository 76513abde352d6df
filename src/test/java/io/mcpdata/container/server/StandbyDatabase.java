package io.mcpdata.container.server;

import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A PostgreSQL that answers a commit only when its standby has it too, and this standby, which takes its place. Not
 * thread-safe.
 */
public final class StandbyDatabase implements AutoCloseable {

    private static final Duration REPLICATION = Duration.ofSeconds(30);

    private final Path primaryData;
    private final int primaryPort = FreePort.next();
    private final int standbyPort = FreePort.next();
    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private StandbyDatabase(Path work) throws IOException, SQLException {
        primaryData = Files.createTempDirectory(work, "primary");
        primary = server(primaryData, primaryPort);
        Path copy = Files.createTempDirectory(work, "standby");
        copyTo(copy);
        standby = server(copy, standbyPort);
        execute(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        execute(primary, "SELECT pg_reload_conf()");
        Eventually.within(
                REPLICATION,
                "the standby is synchronous",
                () -> count(primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1);
    }

    public static StandbyDatabase start() throws IOException, SQLException {
        return new StandbyDatabase(Files.createDirectories(Setup.fromMaven().work()));
    }

    /** As docs/operate.md writes it: both servers, and the one that takes changes. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary"
                .formatted(primaryPort, standbyPort);
    }

    /** Ends all processes of the primary at once, and lets the standby take its place. */
    public void failOver() throws IOException, SQLException {
        long postmaster = Long.parseLong(
                Files.readAllLines(primaryData.resolve("postmaster.pid")).get(0).strip());
        List<ProcessHandle> processes = ProcessHandle.of(postmaster)
                .map(process ->
                        Stream.concat(Stream.of(process), process.children()).toList())
                .orElseThrow();
        processes.forEach(ProcessHandle::destroyForcibly);
        Eventually.within(
                REPLICATION, "the primary has ended", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        execute(standby, "SELECT pg_promote()");
    }

    /** The distinct texts that a query finds on the server that was the standby. */
    public Set<String> textsAfterwards(String sql) throws SQLException {
        try (Connection owner = standby.getPostgresDatabase().getConnection()) {
            return texts(owner, sql);
        }
    }

    static Set<String> texts(Connection owner, String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Set<String> texts = new HashSet<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static long count(EmbeddedPostgres server, String sql) {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection owner = server.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A base backup of the running primary, which follows it when it is started. */
    private void copyTo(Path copy) throws IOException, SQLException {
        try (Connection owner = primary.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            try (Stream<Path> files = Files.walk(primaryData)) {
                files.filter(file -> !file.equals(primaryData)).forEach(file -> copy(file, copy));
            }
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(copy.resolve("backup_label"), row.getString(1));
            }
        }
        Files.deleteIfExists(copy.resolve("postmaster.pid"));
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(primaryPort),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        // the server refuses a directory that others can read
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
    }

    private void copy(Path file, Path root) {
        Path to = root.resolve(primaryData.relativize(file));
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            // the backup's records say so
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @Override
    public void close() throws IOException {
        try (primary) {
            standby.close();
        }
    }
}
