package io.mcpdata.toolkit.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A DuckDB in the server's own process, whose views read the files that the operator names. A database file in the data
 * directory has only the views. It is written first, and then opened read-only, with access to these files alone and
 * with settings that no statement can change. Thread-safe.
 */
final class FilesDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FilesDatabase.class.getName());
    private static final String URL = "jdbc:duckdb:";

    /** Of the space on disk for what does not fit into the memory, for each megabyte of memory. */
    private static final int SPACE_ON_DISK = 4;

    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final HikariDataSource readers;

    private FilesDatabase(Path file, HikariDataSource readers) {
        this.file = file;
        this.readers = readers;
    }

    /**
     * @param directory for its own files
     * @throws SQLException if the driver is missing, or DuckDB cannot read one of the files
     */
    static FilesDatabase open(String name, ConnectionSource.Files source, Path directory, Duration longestWait)
            throws SQLException {
        Path file = directory.resolve("files").resolve(name + "-" + UUID.randomUUID() + ".duckdb");
        try {
            Files.createDirectories(directory.resolve("files"));
            deleteLeftovers(directory.resolve("files"), name);
        } catch (IOException e) {
            throw new SQLException("the folder files in the data directory cannot be used", e);
        }
        IN_USE.add(file);
        try {
            create(file, source);
            return new FilesDatabase(
                    file,
                    ConnectionPools.open(
                            name,
                            new ConnectionSource.Url(new Secret(URL + file), Optional.empty(), Optional.empty()),
                            properties(file, source),
                            longestWait));
        } catch (SQLException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    DataSource readers() {
        return readers;
    }

    private static void create(Path file, ConnectionSource.Files source) throws SQLException {
        Driver driver = ConnectionPools.driver(URL)
                .orElseThrow(() -> new SQLException("no driver for " + URL
                        + " was found; add the jar duckdb_jdbc to the" + " server or to WEB-INF/lib of the WAR"));
        Properties settings = new Properties();
        withoutExtensions().forEach(settings::setProperty);
        try (Connection connection = driver.connect(URL + file, settings);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Path> view : source.views().entrySet()) {
                String path = view.getValue().toString();
                String reader = path.toLowerCase(Locale.ROOT).endsWith(".parquet") ? "read_parquet" : "read_csv";
                statement.execute(
                        "CREATE VIEW \"" + view.getKey() + "\" AS SELECT * FROM " + reader + "('" + path + "')");
            }
        }
    }

    private static Map<String, String> withoutExtensions() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("autoinstall_known_extensions", "false");
        settings.put("autoload_known_extensions", "false");
        settings.put("allow_community_extensions", "false");
        return settings;
    }

    private static Map<String, String> properties(Path file, ConnectionSource.Files source) {
        Map<String, String> settings = withoutExtensions();
        settings.put("duckdb.read_only", "true");
        settings.put("memory_limit", source.memoryMegabytes() + "MB");
        settings.put("threads", String.valueOf(source.threads()));
        settings.put("temp_directory", file + ".tmp");
        settings.put("max_temp_directory_size", SPACE_ON_DISK * (long) source.memoryMegabytes() + "MB");
        settings.put(
                "allowed_paths",
                source.views().values().stream()
                        .map(path -> "'" + path + "'")
                        .collect(Collectors.joining(", ", "[", "]")));
        settings.put("enable_external_access", "false");
        settings.put("lock_configuration", "true");
        return settings;
    }

    /** Those of a server that was killed. */
    private static void deleteLeftovers(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name + "-*.duckdb")) {
            for (Path file : found) {
                if (!IN_USE.contains(file)) {
                    delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        readers.close();
        delete(file);
    }

    private static void delete(Path file) {
        IN_USE.remove(file);
        Path temporary = Path.of(file + ".tmp");
        try {
            if (Files.isDirectory(temporary)) {
                try (DirectoryStream<Path> parts = Files.newDirectoryStream(temporary)) {
                    for (Path part : parts) {
                        Files.deleteIfExists(part);
                    }
                }
            }
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(Path.of(file + ".wal"));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a file of an embedded DuckDB could not be deleted", e);
        }
    }
}
