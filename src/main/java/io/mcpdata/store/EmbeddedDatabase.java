package io.mcpdata.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The H2 database in the data directory, open and migrated. Thread-safe. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /** @throws StoreUnavailableException naming the directory and what to do */
    EmbeddedDatabase(Path dataDirectory) {
        Path file = dataDirectory.resolve("store").resolve("platform");
        try {
            createOwnerOnly(dataDirectory);
            createOwnerOnly(dataDirectory.resolve("store"));
            pool = new HikariDataSource(settings(file));
        } catch (IOException | RuntimeException e) {
            throw unavailable(dataDirectory, e);
        }
        try {
            Flyway.configure(getClass().getClassLoader())
                    .dataSource(pool)
                    .resourceProvider(new MigrationScripts())
                    .locations(new String[0])
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw unavailable(dataDirectory, e);
        }
        jdbi = Jdbi.create(pool);
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig settings(Path file) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("platform-store");
        settings.setDriverClassName("org.h2.Driver");
        // WRITE_DELAY=0: a committed row survives the process; DB_CLOSE_ON_EXIT: we close, not a JVM hook of H2's
        settings.setJdbcUrl("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
        settings.setUsername("platform");
        settings.setPassword("");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setConnectionTimeout(5_000);
        return settings;
    }

    private static void createOwnerOnly(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static StoreUnavailableException unavailable(Path dataDirectory, Exception cause) {
        return new StoreUnavailableException(
                "the platform store under " + dataDirectory
                        + " cannot be opened: check that the directory can be written"
                        + " and that no other server uses it (server.data_dir names another one)",
                cause);
    }
}
