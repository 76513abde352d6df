package io.mcpdata.audit.forward;

import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.json.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends durable rows to the file, in the order of their numbers. The position is written after the rows, so a row that
 * was written right before a crash comes again, and none is missed. One thread at a time runs it.
 */
final class RowForwarder {

    /** Where the rows come from. */
    interface Source {

        /** The number of the newest durable row. */
        long newest();

        /** Rows after a number, up to another one, in the order of their numbers. */
        List<AuditRow> following(long after, long last, int most);
    }

    private static final Logger LOG = System.getLogger(RowForwarder.class.getName());
    private static final int BATCH = 500;
    private static final long UNKNOWN = -1;

    private final Source source;
    private final Runnable failures;
    private @Nullable LineFile file;
    private boolean failing;
    private volatile long position = UNKNOWN;
    private volatile boolean active;

    /** @param failures counts what could not be forwarded now */
    RowForwarder(Source source, Runnable failures) {
        this.source = source;
        this.failures = failures;
    }

    /** Forwards all rows that are there; what fails is tried again with the next call. */
    void forward(Optional<Path> wanted, Path directory) {
        active = wanted.isPresent();
        if (wanted.isEmpty()) {
            close();
            return;
        }
        LineFile target = target(wanted.get());
        try {
            if (position == UNKNOWN) {
                position = ForwardPosition.read(directory);
            }
            forwardAll(target, directory);
            worked(target.path());
        } catch (IOException | RuntimeException e) {
            failed(target.path(), e);
        }
    }

    private void forwardAll(LineFile target, Path directory) throws IOException {
        long newest = source.newest();
        if (newest < position) {
            LOG.log(
                    Level.WARNING,
                    "the store has audit rows up to {0}, and rows up to {1} were forwarded: it is another one, and its"
                            + " next row is forwarded next",
                    String.valueOf(newest),
                    String.valueOf(position));
            moveTo(newest, directory);
        }
        while (position < newest) {
            List<AuditRow> rows = source.following(position, newest, BATCH);
            if (rows.isEmpty()) {
                // deleted because of their age
                moveTo(newest, directory);
                return;
            }
            StringBuilder lines = new StringBuilder();
            rows.forEach(row -> lines.append(Json.write(AuditJson.row(row))).append('\n'));
            target.append(lines.toString());
            moveTo(rows.get(rows.size() - 1).id(), directory);
        }
    }

    private void moveTo(long id, Path directory) throws IOException {
        // also if the file cannot be written: the rows are in the file
        position = id;
        ForwardPosition.write(directory, id);
    }

    private LineFile target(Path path) {
        LineFile known = file;
        if (known == null || !known.path().equals(path)) {
            close();
            known = new LineFile(path);
            file = known;
        }
        return known;
    }

    private void worked(Path path) {
        if (failing) {
            LOG.log(Level.INFO, "audit rows are forwarded to {0} again", path);
        }
        failing = false;
    }

    private void failed(Path path, Exception cause) {
        failures.run();
        if (!failing) {
            LOG.log(
                    Level.WARNING,
                    "audit rows cannot be forwarded to " + path + " now, and are forwarded when that works again; the"
                            + " audit trail has them",
                    cause);
        }
        failing = true;
    }

    /** How many numbers of rows are not forwarded yet. */
    long waiting() {
        long known = position;
        return active && known != UNKNOWN ? Math.max(0, source.newest() - known) : 0;
    }

    void close() {
        LineFile known = file;
        file = null;
        if (known != null) {
            known.close();
        }
    }
}
