package io.mcpdata.authentication.apikey;

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

    List<AuditEvent> rows() {
        return rows;
    }
}
