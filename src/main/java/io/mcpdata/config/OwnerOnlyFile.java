package io.mcpdata.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Supplier;

/** A small file with a key in the data directory, which only its owner can read. It is made at its first use. */
public final class OwnerOnlyFile {

    private OwnerOnlyFile() {}

    /**
     * The content of the file, which is created with its directory if it does not exist. A link is not followed.
     *
     * @param most how many bytes to read at most
     * @param content for a new file
     */
    public static byte[] readOrCreate(Path directory, String name, int most, Supplier<byte[]> content)
            throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(directory, OwnerFiles.directory(directory));
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(file, most) : create(file, content.get());
    }

    private static byte[] read(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(most);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            byte[] content = new byte[bytes.position()];
            bytes.flip().get(content);
            return content;
        }
    }

    private static byte[] create(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerFiles.file(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return content;
    }
}
