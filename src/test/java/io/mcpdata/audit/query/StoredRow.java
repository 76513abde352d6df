package io.mcpdata.audit.query;

import io.mcpdata.store.PlatformStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row for a test, written into the store as it stands. */
final class StoredRow {

    private final Map<String, Object> columns = new LinkedHashMap<>();

    StoredRow(Instant time) {
        for (String text : new String[] {
            "request_id",
            "caller",
            "identity",
            "method",
            "credential_id",
            "persona",
            "roles",
            "client_address",
            "user_agent",
            "category",
            "rule",
            "tool",
            "connection",
            "parameters"
        }) {
            columns.put(text, "");
        }
        columns.put("occurred_at", time.atOffset(ZoneOffset.UTC));
        columns.put("type", "TOOL_CALL");
        columns.put("outcome", "SUCCESS");
        columns.put("duration_micros", 0L);
        columns.put("row_count", -1L);
    }

    StoredRow with(String column, Object value) {
        columns.put(column, value);
        return this;
    }

    void in(PlatformStore store) {
        String names = String.join(", ", columns.keySet());
        store.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "INSERT INTO audit_event (id, " + names + ") SELECT COALESCE(MAX(id), 0) + 1, :"
                                        + names.replace(", ", ", :") + " FROM audit_event")
                        .bindMap(columns)
                        .execute());
    }
}
