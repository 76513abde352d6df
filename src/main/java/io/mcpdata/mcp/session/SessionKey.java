package io.mcpdata.mcp.session;

import io.mcpdata.gateway.Seal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The key that seals the ids of sessions: the file {@code session.key} in the data directory, which only its owner can
 * read. It is made at the first use and outlives a restart.
 */
final class SessionKey {

    static final String FILE = "session.key";

    private static final Logger LOG = System.getLogger(SessionKey.class.getName());

    private SessionKey() {}

    /** A seal with the key of the file; with a key of this start, and a warning, if the file cannot be used. */
    static Seal sealIn(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            Files.createDirectories(dataDirectory, ownerOnly(dataDirectory, "rwx------"));
            return Seal.of(Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(file) : create(file));
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "sessions of /mcp will end with this server, because the key for their ids cannot be kept in "
                            + file + ": check that this server can read and write this file, or delete it",
                    e);
            return Seal.ofRandomKey();
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(Seal.KEY_BYTES + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            byte[] key = new byte[bytes.position()];
            bytes.flip().get(key);
            return key;
        }
    }

    private static byte[] create(Path file) throws IOException {
        byte[] key = Seal.randomKey();
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return key;
    }

    private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
