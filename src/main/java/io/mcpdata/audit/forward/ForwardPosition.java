package io.mcpdata.audit.forward;

import io.mcpdata.config.OwnerFiles;
import io.mcpdata.config.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
        Path file = directory.resolve(NAME);
        ReplacedFile.write(file, id + "\n", OwnerFiles.file(file));
    }
}
