package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditFigures;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Writes figures about the audit trail as JSON. */
final class AuditFiguresJson {

    private AuditFiguresJson() {}

    static String of(AuditFilter filter, String interval, Optional<String> by, List<AuditFigures> figures) {
        var array = Json.array();
        figures.forEach(one -> array.add(one(one, by)));
        JsonObjectBuilder json = Json.object();
        filter.since().ifPresent(time -> json.add("since", time.toString()));
        filter.until().ifPresent(time -> json.add("until", time.toString()));
        json.add("interval", interval);
        by.ifPresent(group -> json.add("by", group));
        return Json.write(json.add("figures", array).build());
    }

    private static JsonObjectBuilder one(AuditFigures one, Optional<String> by) {
        JsonObjectBuilder json = Json.object().add("time", one.time().toString());
        by.ifPresent(group -> json.add(group, one.group()));
        if (!one.name().isEmpty()) {
            json.add("name", one.name());
        }
        json.add("calls", one.calls()).add("refusals", one.refusals()).add("errors", one.errors());
        AuditJson.addNumber(json, "p50_micros", one.p50Micros());
        AuditJson.addNumber(json, "p95_micros", one.p95Micros());
        return json;
    }
}
