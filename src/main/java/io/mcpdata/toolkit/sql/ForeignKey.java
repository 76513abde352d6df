package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/** A foreign key as seen from one of its ends. Collected row by row in one thread. */
final class ForeignKey {

    private final TableName other;
    private final List<String> here = new ArrayList<>();
    private final List<String> there = new ArrayList<>();

    ForeignKey(TableName other) {
        this.other = other;
    }

    TableName other() {
        return other;
    }

    void pair(String columnHere, String columnThere) {
        here.add(columnHere);
        there.add(columnThere);
    }

    JsonObjectBuilder toJson() {
        return Json.object()
                .add("columns", Json.strings(here))
                .add("table", other.qualified())
                .add("tableColumns", Json.strings(there));
    }
}
