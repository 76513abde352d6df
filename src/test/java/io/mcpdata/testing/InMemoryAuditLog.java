package io.mcpdata.testing;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows for the test, or fails as it says. */
public final class InMemoryAuditLog implements AuditLog {

    private final List<AuditEvent> rows = new ArrayList<>();
    private @Nullable Throwable failure;

    public void breakDown() {
        breakDown(new AuditUnavailableException("broken", new IllegalStateException()));
    }

    public synchronized void breakDown(Throwable cause) {
        failure = cause;
    }

    public synchronized void recover() {
        failure = null;
    }

    public synchronized void clear() {
        rows.clear();
    }

    @Override
    public synchronized void record(AuditEvent event) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        rows.add(event);
    }

    public synchronized List<AuditEvent> rows() {
        return List.copyOf(rows);
    }

    /** The one row there is. */
    public AuditEvent row() {
        List<AuditEvent> all = rows();
        if (all.size() != 1) {
            throw new AssertionError("expected one row, found " + all);
        }
        return all.get(0);
    }

    /** Type and category of each row, such as {@code STREAM_CLOSE idle}. */
    public List<String> summary() {
        return rows().stream()
                .map(row -> (row.type() + " " + row.category()).trim())
                .toList();
    }
}
