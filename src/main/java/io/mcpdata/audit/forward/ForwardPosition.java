package io.mcpdata.audit.forward;

import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The number of the last row that was forwarded, in a file of the data directory. */
final class ForwardPosition {

    private static final String NAME = "audit-forward.position";

    private ForwardPosition() {}

    /**
     * Zero if no row was forwarded.
     *
     * @throws IOException if the file exists and has no number
     */
    static long read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            return 0;
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("\\d{1,18}")) {
            throw new IOException(file + " has no number: delete it to forward all rows again");
        }
        return Long.parseLong(text);
    }

    /** After a crash the file has the old number or this one. */
    static void write(Path directory, long id) throws IOException {
        Path next = directory.resolve(NAME + ".next");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerFiles.file(next))) {
            channel.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(next, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
