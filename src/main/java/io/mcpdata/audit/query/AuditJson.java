package io.mcpdata.audit.query;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.OptionalLong;

/** Writes audit rows as JSON, by {@code docs/audit-row.schema.json}. */
public final class AuditJson {

    private AuditJson() {}

    public static JsonObject row(AuditRow row) {
        JsonObjectBuilder json = Json.object()
                .add("id", row.id())
                .add("occurred_at", row.occurredAt().toString())
                .add("request_id", row.requestId())
                .add("type", row.type())
                .add("outcome", row.outcome())
                .add("caller", row.caller())
                .add("identity", row.identity())
                .add("method", row.method())
                .add("credential_id", row.credentialId())
                .add("persona", row.persona())
                .add("roles", Json.strings(row.roles()))
                .add("client_address", row.clientAddress())
                .add("user_agent", row.userAgent())
                .add("category", row.category())
                .add("rule", row.rule())
                .add("tool", row.tool())
                .add("connection", row.connection())
                .add("parameters", row.parameters())
                .add("duration_micros", row.durationMicros());
        addNumber(json, "row_count", row.rowCount());
        return json.build();
    }

    public static String page(List<AuditRow> rows, String nextCursor) {
        var array = Json.array();
        rows.forEach(row -> array.add(row(row)));
        JsonObjectBuilder page = Json.object().add("rows", array);
        if (nextCursor.isEmpty()) {
            page.addNull("next_cursor");
        } else {
            page.add("next_cursor", nextCursor);
        }
        return Json.write(page.build());
    }

    /** The number, or null if there is none. */
    public static void addNumber(JsonObjectBuilder json, String member, OptionalLong number) {
        if (number.isPresent()) {
            json.add(member, number.getAsLong());
        } else {
            json.addNull(member);
        }
    }
}
