package io.mcpdata.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A private MariaDB on a free port of the loopback address; it ends with the virtual machine at the latest. */
public final class MariaDb implements AutoCloseable {

    /** The account that may do everything, from the loopback address and without a password. */
    public static final String OWNER = "root";

    private static final Duration START = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 20;
    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final Process process;
    private final int port;
    private final Thread end = new Thread(this::stop, "mariadb-end");

    private MariaDb(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts a server with no database of its own yet; fails if MariaDB is not installed. */
    public static MariaDb start() {
        MariaDbPrograms programs = MariaDbPrograms.installed();
        try {
            Path directory = Files.createTempDirectory("mariadb-");
            programs.install(directory);
            return started(programs, directory, ATTEMPTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once more where another process took the port in between. */
    private static MariaDb started(MariaDbPrograms programs, Path directory, int attempts) throws IOException {
        int port = FreePort.next();
        MariaDb database = new MariaDb(directory, programs.serve(directory, port), port);
        if (database.answers()) {
            return database;
        }
        if (attempts > 1) {
            database.end();
            return started(programs, directory, attempts - 1);
        }
        String log = programs.log(directory);
        database.close();
        throw new IllegalStateException("MariaDB gave no answer within " + START.toSeconds() + " s:\n" + log);
    }

    private boolean answers() {
        Instant latest = Instant.now().plus(START);
        while (process.isAlive() && Instant.now().isBefore(latest)) {
            try (Connection connection = owner()) {
                return connection.isValid(1);
            } catch (SQLException e) {
                pause();
            }
        }
        return false;
    }

    public int port() {
        return port;
    }

    /** Without an account: for a configuration that names user and password. */
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    public String urlAs(String database, String user, String password) {
        return url(database) + "?user=" + user + "&password=" + password;
    }

    /** A connection of the account that may do everything. */
    public Connection owner() throws SQLException {
        return owner("mysql");
    }

    public Connection owner(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?connectTimeout=5000", OWNER, "");
    }

    public void createDatabase(String name) throws SQLException {
        execute("CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    }

    /**
     * An account that comes from the loopback address.
     *
     * @param grants what it may do, such as {@code SELECT ON shop.*}
     */
    public void createUser(String name, String password, String... grants) throws SQLException {
        String account = "'" + name + "'@'127.0.0.1'";
        execute("CREATE USER " + account + " IDENTIFIED BY '" + password + "'");
        for (String grant : grants) {
            execute("GRANT " + grant + " TO " + account);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        end();
        delete();
    }

    private void end() {
        Runtime.getRuntime().removeShutdownHook(end);
        endProcess();
    }

    private void stop() {
        endProcess();
        delete();
    }

    private void endProcess() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
