package io.mcpdata.toolkit.sql;

import io.mcpdata.config.CatalogColumnConfig;
import io.mcpdata.config.CatalogTableConfig;
import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The description of one table: what the database reports, merged with the operator's own words. Belongs to one call. */
final class TableDescription {

    private final String connection;
    private final OwnWords words;

    TableDescription(String connection, OwnWords words) {
        this.connection = connection;
        this.words = words;
    }

    /** A deprecation comes first, so that it is not overlooked. Of the other facts only those that there are. */
    JsonObject of(SqlSchema schema, TableName table) throws SQLException {
        JsonObject reported = schema.describe(table);
        TableFacts facts = new TableFacts(schema, table);
        Optional<CatalogTableConfig> own = words.table(connection, table.schema(), table.name());
        Map<String, List<String>> values = facts.enumerations();
        JsonObjectBuilder description = Json.object();
        own.flatMap(words::deprecated).ifPresent(deprecated -> description.add("deprecated", deprecated));
        reported.forEach((name, value) -> {
            if (name.equals("columns")) {
                own.ifPresent(known -> add(known, description));
                JsonArrayBuilder columns = Json.array();
                reported.getJsonArray("columns")
                        .forEach(column -> columns.add(column(column.asJsonObject(), own, values)));
                description.add("columns", columns);
            } else {
                description.add(name, value);
            }
        });
        facts.add(description, reported.getJsonArray("primaryKey"));
        return description.build();
    }

    private static void add(CatalogTableConfig own, JsonObjectBuilder description) {
        addIfGiven(description, "description", own.description());
        addIfGiven(description, "owner", own.owner());
        addIfGiven(description, "tags", own.tags());
        addIfGiven(description, "examples", own.examples());
    }

    private static JsonObjectBuilder column(
            JsonObject reported, Optional<CatalogTableConfig> own, Map<String, List<String>> values) {
        String name = reported.getString("name");
        JsonObjectBuilder column = Json.provider().createObjectBuilder(reported);
        if (!reported.containsKey("masked")) {
            addIfGiven(column, "values", values.getOrDefault(name, List.of()));
        }
        Optional<CatalogColumnConfig> known = own.flatMap(table -> table.column(name));
        known.ifPresent(words -> {
            addIfGiven(column, "description", words.description());
            addIfGiven(column, "unit", words.unit());
            addIfGiven(column, "tags", words.tags());
        });
        return column;
    }

    private static void addIfGiven(JsonObjectBuilder to, String name, String text) {
        if (!text.isEmpty()) {
            to.add(name, text);
        }
    }

    private static void addIfGiven(JsonObjectBuilder to, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            to.add(name, Json.strings(texts));
        }
    }
}
