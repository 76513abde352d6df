package io.mcpdata.store;

import io.mcpdata.config.ReplacedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the store has progressed, kept in a small file of its own. For H2 an old copy of the store is a complete
 * database, so only a figure from elsewhere shows that rows are missing. Immutable.
 *
 * @param auditId the highest number of an audit row
 * @param keyRevision the number of changes of keys
 */
record StoreMark(long auditId, long keyRevision) {

    static final StoreMark NONE = new StoreMark(0, 0);

    private static final Pattern TEXT = Pattern.compile("audit_id=(\\d{1,18}) key_revision=(\\d{1,18})\n");

    /** @throws IOException if the file exists and cannot be read */
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

    /** Replaces the file; after a crash there is the old file or the new one. */
    void write(Path file) throws IOException {
        ReplacedFile.write(file, "audit_id=" + auditId + " key_revision=" + keyRevision + "\n");
    }

    /** Whether one of the other's figures is lower. */
    boolean isAheadOf(StoreMark other) {
        return auditId > other.auditId || keyRevision > other.keyRevision;
    }

    StoreMark max(StoreMark other) {
        return new StoreMark(Math.max(auditId, other.auditId), Math.max(keyRevision, other.keyRevision));
    }
}
