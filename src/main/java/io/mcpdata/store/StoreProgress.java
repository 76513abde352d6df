package io.mcpdata.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Records beside the store how far its rows have progressed, about a second later, and reports at an opening which rows
 * are missing. Thread-safe.
 */
final class StoreProgress {

    private static final Logger LOG = System.getLogger(StoreProgress.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String FIGURES = """
            SELECT GREATEST(
                    (SELECT COALESCE(MAX(id), 0) FROM audit_event),
                    (SELECT COALESCE(MAX(row_id), 0) FROM audit_checkpoint WHERE number = 0)) AS audit_id,
                (SELECT revision FROM api_key_revision WHERE id = 1) AS key_revision""";

    private final Jdbi jdbi;
    private final Path file;
    private volatile boolean changed;
    private boolean toldUnwritable;
    private long writtenAt = System.nanoTime();
    private StoreMark written = StoreMark.NONE;

    StoreProgress(Jdbi jdbi, Path file) {
        this.jdbi = jdbi;
        this.file = file;
    }

    /** To be called after a durable change. */
    void changed() {
        changed = true;
    }

    /** The mark written last, or found at the opening. */
    synchronized StoreMark written() {
        return written;
    }

    /**
     * Compares the store with the recorded mark, and continues from what the store has.
     *
     * @param known what this server knows to have been stored
     * @return what is missing, in plain words
     */
    synchronized Optional<String> compare(StoreMark known) {
        StoreMark found = read();
        Optional<String> missing;
        try {
            StoreMark before = StoreMark.read(file).max(known);
            missing = before.isAheadOf(found)
                    ? Optional.of("the platform store lacks its newest rows: it has audit rows up to number "
                            + found.auditId() + " and key changes up to " + found.keyRevision()
                            + ", and had them up to " + before.auditId() + " and " + before.keyRevision()
                            + "; revoked keys may be valid again")
                    : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the mark of the platform store cannot be read: " + file, e);
            missing = Optional.of("it is not known whether the platform store lacks rows: its mark cannot be read");
        }
        write(found);
        return missing;
    }

    /** Writes if the mark is new and the last write was at least a second ago. */
    void writeIfDue() {
        if (changed && System.nanoTime() - lastWritten() >= PAUSE_NANOS) {
            writeNow();
        }
    }

    synchronized void writeNow() {
        if (!changed) {
            return;
        }
        changed = false;
        try {
            write(read());
        } catch (RuntimeException e) {
            // the store's own failure is reported where a row is refused
            changed = true;
            LOG.log(Level.DEBUG, "the progress of the platform store cannot be read", e);
        }
    }

    private synchronized long lastWritten() {
        return writtenAt;
    }

    private StoreMark read() {
        return jdbi.withHandle(handle -> handle.createQuery(FIGURES)
                .map((row, context) -> new StoreMark(row.getLong("audit_id"), row.getLong("key_revision")))
                .one());
    }

    private void write(StoreMark mark) {
        writtenAt = System.nanoTime();
        try {
            mark.write(file);
            written = mark;
            toldUnwritable = false;
        } catch (IOException e) {
            changed = true;
            if (!toldUnwritable) {
                LOG.log(Level.WARNING, "the mark of the platform store cannot be written: " + file, e);
                toldUnwritable = true;
            }
        }
    }
}
