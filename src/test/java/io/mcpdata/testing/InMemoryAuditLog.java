package io.mcpdata.testing;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class InMemoryAuditLog implements AuditLog {

    private final List<AuditEvent> rows = new ArrayList<>();
    private @Nullable Throwable failure;

    public void breakDown() {
        breakDown(new AuditUnavailableException("broken", new IllegalStateException()));
    }

    public void breakDown(Throwable cause) {
        failure = cause;
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

    /** Type and category of each row, such as {@code STREAM_CLOSE idle}. */
    public List<String> summary() {
        return rows().stream()
                .map(row -> (row.type() + " " + row.category()).trim())
                .toList();
    }
}
