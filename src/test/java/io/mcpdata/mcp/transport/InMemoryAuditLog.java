package io.mcpdata.mcp.transport;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;

final class InMemoryAuditLog implements AuditLog {

    private final List<AuditEvent> rows = new ArrayList<>();
    private boolean broken;

    void breakDown() {
        broken = true;
    }

    @Override
    public synchronized void record(AuditEvent event) {
        if (broken) {
            throw new AuditUnavailableException("broken", new IllegalStateException());
        }
        rows.add(event);
    }

    synchronized List<AuditEvent> rows() {
        return List.copyOf(rows);
    }

    /** Type and category of each row, such as {@code STREAM_CLOSE idle}. */
    List<String> summary() {
        return rows().stream()
                .map(row -> (row.type() + " " + row.category()).trim())
                .toList();
    }
}
