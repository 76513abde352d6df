package io.mcpdata.gateway;

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
    public void record(AuditEvent event) {
        if (broken) {
            throw new AuditUnavailableException("broken", new IllegalStateException());
        }
        rows.add(event);
    }

    /** The one row there is. */
    AuditEvent row() {
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows);
        }
        return rows.get(0);
    }
}
