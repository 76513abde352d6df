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
        JsonObjectBuilder json = Json.object();
        row.members().forEach((name, value) -> {
            if (value instanceof Long number) {
                json.add(name, number);
            } else if (value == null) {
                json.addNull(name);
            } else if (value instanceof List<?>) {
                json.add(name, Json.strings(row.roles()));
            } else {
                json.add(name, value.toString());
            }
        });
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
