package io.mcpdata.audit.query;

import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
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
            "parameters",
            "trace_id"
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
        boolean shared = !StoreDialect.of(store.jdbi()).writer().isEmpty();
        if (shared) {
            columns.put("writer", "test");
            columns.put("chain_hash", new byte[32]);
        }
        String next = shared ? "nextval('audit_event_id')" : "(SELECT COALESCE(MAX(id), 0) + 1 FROM audit_event)";
        String names = String.join(", ", columns.keySet());
        store.jdbi()
                .useHandle(handle -> handle.createUpdate("INSERT INTO audit_event (id, " + names + ") VALUES (" + next
                                + ", :" + names.replace(", ", ", :") + ")")
                        .bindMap(columns)
                        .execute());
    }
}
