package io.mcpdata.audit.forward;

import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that only grows, by whole lines. When it was moved away, the next lines go to a new one. For one thread. */
final class LineFile implements AutoCloseable {

    private final Path path;
    private @Nullable FileChannel open;
    private @Nullable Object key;

    /** The file is opened with the first lines. */
    LineFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Appends lines, which are on the disk when this returns.
     *
     * @throws IOException if they could not be written as a whole; part of them may be in the file then
     */
    void append(String lines) throws IOException {
        try {
            FileChannel channel = current();
            write(channel, lines);
            channel.force(false);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private FileChannel current() throws IOException {
        FileChannel known = open;
        if (known != null && isInPlace()) {
            return known;
        }
        close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            // to open a pipe could block
            throw new IOException("it is no regular file");
        }
        FileChannel opened = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                OwnerFiles.file(path));
        open = opened;
        key = key();
        endLine(opened);
        return opened;
    }

    private boolean isInPlace() {
        try {
            return Objects.equals(key, key());
        } catch (IOException e) {
            return false;
        }
    }

    /** The system's own name of the file; null where it gives none. */
    private @Nullable Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** A crash or a full disk can leave a part of a line, to which the next line must not be joined. */
    private void endLine(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size == 0) {
            return;
        }
        try (FileChannel reading = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer last = ByteBuffer.allocate(1);
            if (reading.read(last, size - 1) == 1 && last.get(0) != '\n') {
                write(channel, "\n");
            }
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        FileChannel channel = open;
        open = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // every line that counts was forced to the disk
        }
    }
}
