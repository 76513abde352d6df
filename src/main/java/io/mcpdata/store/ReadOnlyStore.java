package io.mcpdata.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.h2.Driver;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The store of a stopped server, or a backup of a store, opened for reading only. While it is open, no server can open
 * the store. For one thread.
 */
public final class ReadOnlyStore implements AutoCloseable {

    private static final String SETTINGS =
            ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    private static final String VERSION =
            "SELECT MAX(CAST(\"version\" AS INT)) FROM \"flyway_schema_history\" WHERE \"success\"";

    private final Path database;
    private final Connection connection;
    private final long recordedRow;
    private final @Nullable FileChannel lock;
    private final @Nullable Path temporary;

    private ReadOnlyStore(Path database, long recordedRow, @Nullable FileChannel lock, @Nullable Path temporary) {
        this.database = database;
        this.recordedRow = recordedRow;
        this.lock = lock;
        this.temporary = temporary;
        try {
            this.connection = connect(database);
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    database + ".mv.db cannot be read: it is damaged, or not a store of this platform", e);
        }
    }

    /**
     * The store in the data directory of a stopped server.
     *
     * @throws StoreUnavailableException if there is none, a server uses it, or it cannot be read; the message says why
     */
    public static ReadOnlyStore ofDirectory(Path dataDirectory) {
        Path store = dataDirectory.toAbsolutePath().normalize().resolve("store");
        Path file = store.resolve("platform.mv.db");
        if (!Files.isRegularFile(file)) {
            throw new StoreUnavailableException("there is no store: no file " + file);
        }
        try {
            @Nullable FileChannel lock = share(store);
            try {
                StoreMark mark = StoreMark.read(store.resolve("platform.mark"));
                return new ReadOnlyStore(store.resolve("platform"), mark.auditId(), lock, null).checked();
            } catch (IOException | RuntimeException e) {
                closeQuietly(lock);
                throw e;
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("the store " + store + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The copy that {@link StoreBackup} describes, unpacked into a temporary directory.
     *
     * @throws StoreUnavailableException if the file is no backup, or cannot be read; the message says why
     */
    public static ReadOnlyStore ofBackup(Path backup) {
        try {
            Path directory = Files.createTempDirectory("mcp-data-platform");
            try {
                StoreRestore.unpack(backup, directory.resolve("platform.mv.db"));
                return new ReadOnlyStore(directory.resolve("platform"), 0, null, directory).checked();
            } catch (IOException | RuntimeException e) {
                delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("the backup " + backup + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Connection connect(Path database) throws SQLException {
        StoreDirectory.checkPath(database);
        Properties properties = new Properties();
        properties.setProperty("user", "platform");
        properties.setProperty("password", "");
        return new Driver().connect("jdbc:h2:file:" + database + SETTINGS, properties);
    }

    /** Keeps servers out; fails if one is in. */
    private static @Nullable FileChannel share(Path store) throws IOException {
        Path file = store.resolve("lock");
        if (!Files.exists(file)) {
            return null;
        }
        FileChannel lock = FileChannel.open(file, StandardOpenOption.READ);
        try {
            if (lock.tryLock(0, Long.MAX_VALUE, true) != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // a server in this process has it
        }
        lock.close();
        throw new StoreUnavailableException("a server uses the store " + store
                + ": stop it, leave --data-dir out to ask it, or read a backup of 'store backup'");
    }

    private ReadOnlyStore checked() {
        Optional<Integer> version;
        try {
            version = jdbi().withHandle(handle ->
                    handle.createQuery(VERSION).mapTo(Integer.class).findOne());
        } catch (RuntimeException e) {
            close();
            throw new StoreUnavailableException(database + ".mv.db is not a store of this platform", e);
        }
        String known = MigrationNames.newestVersion();
        if (version.filter(found -> found == Integer.parseInt(known)).isEmpty()) {
            close();
            throw new StoreUnavailableException("the store has tables of version "
                    + version.map(String::valueOf).orElse("0") + ", and this command reads version " + known
                    + ": use the command line of the release that wrote the store");
        }
        return this;
    }

    public Jdbi jdbi() {
        return Jdbi.create(connection);
    }

    /** The highest number of a row that is recorded beside the store; 0 if none is. */
    public long recordedRow() {
        return recordedRow;
    }

    @Override
    public void close() {
        closeQuietly(connection);
        closeQuietly(lock);
        if (temporary != null) {
            delete(temporary);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            // nothing was written, so nothing is lost
        }
    }

    private static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("platform.mv.db"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new StoreUnavailableException("the copy of the store in " + directory + " cannot be deleted", e);
        }
    }
}
