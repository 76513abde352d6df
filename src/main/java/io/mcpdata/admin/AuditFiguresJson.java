package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditFigures;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditGroup;
import io.mcpdata.audit.query.AuditInterval;
import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Writes figures about the audit trail as JSON. */
final class AuditFiguresJson {

    private AuditFiguresJson() {}

    static String of(AuditFilter filter, AuditInterval interval, Optional<AuditGroup> by, List<AuditFigures> figures) {
        var array = Json.array();
        figures.forEach(one -> array.add(one(one, by)));
        JsonObjectBuilder json = Json.object();
        filter.since().ifPresent(time -> json.add("since", time.toString()));
        filter.until().ifPresent(time -> json.add("until", time.toString()));
        json.add("interval", interval.label());
        by.ifPresent(group -> json.add("by", group.label()));
        return Json.write(json.add("figures", array).build());
    }

    private static JsonObjectBuilder one(AuditFigures one, Optional<AuditGroup> by) {
        JsonObjectBuilder json = Json.object();
        one.members(by).forEach((name, value) -> {
            if (value instanceof Long number) {
                json.add(name, number);
            } else if (value == null) {
                json.addNull(name);
            } else {
                json.add(name, value.toString());
            }
        });
        return json;
    }
}
