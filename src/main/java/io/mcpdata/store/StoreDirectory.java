package io.mcpdata.store;

import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory {@code store} in the data directory. Only its owner can read it, and one server at a time holds it. The
 * platform takes a lock of its own, because two applications of one JVM would share the database's lock.
 */
final class StoreDirectory implements AutoCloseable {

    // characters that would not stay part of the path in a JDBC URL of H2
    private static final Pattern UNFIT = Pattern.compile("[;\\\\\\p{Cntrl}]");

    private final Path path;
    private final FileChannel lock;

    private StoreDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * @throws StoreUnavailableException saying what to do, if the directory cannot be created or another server holds
     *     it
     */
    static StoreDirectory claim(Path dataDirectory) {
        Path data = dataDirectory.toAbsolutePath().normalize();
        checkPath(data);
        try {
            return new StoreDirectory(data.resolve("store"), lock(ownersAlone(data)));
        } catch (IOException | RuntimeException e) {
            throw e instanceof StoreUnavailableException known
                    ? known
                    : new StoreUnavailableException(
                            "the platform store under " + data + " cannot be opened: check that this server can write"
                                    + " there, or let server.data_dir name another directory",
                            e);
        }
    }

    /** @throws StoreUnavailableException if a database URL cannot name the path */
    static void checkPath(Path path) {
        String plain = path.toString().replace(path.getFileSystem().getSeparator(), "/");
        if (UNFIT.matcher(plain).find()) {
            throw new StoreUnavailableException(
                    "server.data_dir has a character that a database URL cannot carry: no semicolon, backslash or"
                            + " control character");
        }
    }

    /** The database's file, without the extension that H2 adds. */
    Path database() {
        return path.resolve("platform");
    }

    /** The directory for copies of the store, made if it is missing. */
    Path backups() throws IOException {
        Path backups = path.resolveSibling("backups");
        if (Files.notExists(backups, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(backups, OwnerFiles.directory(backups));
        }
        return backups;
    }

    /** The file of {@link StoreMark}. */
    Path mark() {
        return path.resolve("platform.mark");
    }

    /** The file that H2 creates for {@link #database}. */
    Path file() {
        return path.resolve("platform.mv.db");
    }

    /** Forces the names of new files to the disk, where the system supports that. */
    void forceNames() throws IOException {
        if (OwnerFiles.isPosix(path)) {
            try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Removes the other users' access; to be called when the database has created its file. */
    void closeToOthers() throws IOException {
        if (Files.exists(file())) {
            OwnerFiles.closeFile(file());
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /**
     * An existing data directory keeps its permissions, because other programs may use it too. The store's directory
     * never does.
     */
    private static Path ownersAlone(Path data) throws IOException {
        Path store = data.resolve("store");
        Files.createDirectories(data, OwnerFiles.directory(data));
        if (Files.notExists(store, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(store, OwnerFiles.directory(store));
        }
        refuseLink(store);
        refuseLink(store.resolve("platform.mv.db"));
        OwnerFiles.closeDirectory(store);
        return store;
    }

    private static void refuseLink(Path place) {
        if (Files.isSymbolicLink(place)) {
            throw new StoreUnavailableException(
                    place + " is a symbolic link: the platform store must lie in its data directory itself");
        }
    }

    private static FileChannel lock(Path store) throws IOException {
        FileChannel channel = FileChannel.open(
                store.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OwnerFiles.file(store));
        try {
            @Nullable FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(store, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(store, new IOException("locked"));
    }

    static StoreUnavailableException inUse(Path store, Exception cause) {
        return new StoreUnavailableException(
                "the platform store " + store + " is in use by another server: stop that one, or choose another"
                        + " data directory (server.data_dir)",
                cause);
    }
}
