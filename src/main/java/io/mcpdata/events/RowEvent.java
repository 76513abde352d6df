package io.mcpdata.events;

import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.stream.StreamEvent;

/** A row of the audit trail, and its event, which is made once for all watchers. Immutable. */
record RowEvent(AuditRow row, StreamEvent event) {

    static RowEvent of(AuditRow row) {
        return new RowEvent(row, StreamEvent.of("audit", Long.toString(row.id()), Json.write(AuditJson.row(row))));
    }

    long id() {
        return row.id();
    }

    int characters() {
        return event.data().length();
    }
}
