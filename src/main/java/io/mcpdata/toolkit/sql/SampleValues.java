package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds a few values of each column to a description, read as the caller would read them with {@code sql_query}. */
final class SampleValues {

    private static final int MOST_COLUMNS = 40;
    private static final int MOST_VALUES = 3;
    private static final int LONGEST = 60;
    private static final int MOST_BYTES = 256 * 1024;

    private final SqlQueries queries;
    private final ConnectionConfig connection;
    private final DatabaseProfile profile;
    private final Cancellation cancellation;

    /** @param queries of the caller */
    SampleValues(SqlQueries queries, ConnectionConfig connection, DatabaseProfile profile, Cancellation cancellation) {
        this.queries = queries;
        this.connection = connection;
        this.profile = profile;
        this.cancellation = cancellation;
    }

    /** What cannot be read has no values: the description is of use without them. */
    JsonObject in(JsonObject description, int rows) {
        List<String> names = description.getJsonArray("columns").getValuesAs(JsonObject.class).stream()
                .filter(column -> !column.containsKey("masked"))
                .map(column -> column.getString("name"))
                .limit(MOST_COLUMNS)
                .toList();
        if (names.isEmpty()) {
            return description;
        }
        JsonArray read;
        try {
            SqlStatement statement =
                    new SqlStatement(TableSql.of(profile, description).rows(names, rows), List.of());
            read = queries.query(connection, statement, rows, MOST_BYTES, cancellation)
                    .getJsonArray("rows");
        } catch (ToolException e) {
            if (cancellation.isCancelled()) {
                throw e;
            }
            return description;
        }
        JsonArrayBuilder columns = Json.array();
        for (int i = 0; i < description.getJsonArray("columns").size(); i++) {
            JsonObject column = description.getJsonArray("columns").getJsonObject(i);
            int at = names.indexOf(column.getString("name"));
            Set<JsonValue> values = at >= 0 ? values(read, at) : Set.of();
            JsonObjectBuilder told = Json.provider().createObjectBuilder(column);
            if (!values.isEmpty()) {
                JsonArrayBuilder list = Json.array();
                values.forEach(list::add);
                told.add("samples", list);
            }
            columns.add(told);
        }
        return Json.provider()
                .createObjectBuilder(description)
                .add("columns", columns)
                .build();
    }

    private static Set<JsonValue> values(JsonArray rows, int column) {
        Set<JsonValue> values = new LinkedHashSet<>();
        for (JsonValue row : rows) {
            JsonValue value = row.asJsonArray().get(column);
            if (value != JsonValue.NULL && values.size() < MOST_VALUES) {
                values.add(shortened(value));
            }
        }
        return values;
    }

    /** Long texts are cut, because only their form is of interest. */
    static JsonValue shortened(JsonValue value) {
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        return text.length() <= LONGEST
                ? value
                : Json.string(text.substring(
                                0, text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length()))))
                        + "...");
    }
}
