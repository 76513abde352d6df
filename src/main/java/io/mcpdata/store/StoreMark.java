package io.mcpdata.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the store has come, kept in a small file of its own: a copy of the store that lacks its end is a whole database
 * to H2, and only a figure from elsewhere tells that rows are missing. Immutable.
 *
 * @param auditId the highest number of an audit row
 * @param keyRevision how many changes of keys there were
 */
record StoreMark(long auditId, long keyRevision) {

    static final StoreMark NONE = new StoreMark(0, 0);

    private static final Pattern TEXT = Pattern.compile("audit_id=(\\d{1,18}) key_revision=(\\d{1,18})\n");

    /** @throws IOException if there is one that cannot be read */
    static StoreMark read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher figures = TEXT.matcher(text);
        if (!figures.matches()) {
            throw new IOException("not of the form audit_id=1 key_revision=1");
        }
        return new StoreMark(Long.parseLong(figures.group(1)), Long.parseLong(figures.group(2)));
    }

    /** Replaces the file; a machine that stops leaves the old one or the new one. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        String text = "audit_id=" + auditId + " key_revision=" + keyRevision + "\n";
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the other has less of anything. */
    boolean isAheadOf(StoreMark other) {
        return auditId > other.auditId || keyRevision > other.keyRevision;
    }

    StoreMark max(StoreMark other) {
        return new StoreMark(Math.max(auditId, other.auditId), Math.max(keyRevision, other.keyRevision));
    }
}
