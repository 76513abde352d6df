package io.mcpdata.container.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Set;

/**
 * A schema that forbids the members that it does not define, wherever it says nothing about them. So a message of one
 * revision must not have a member that only a later revision defines.
 */
final class ClosedSchema {

    private static final String ADDITIONAL = "additionalProperties";

    /** Their values are schemas by name. */
    private static final Set<String> MAPS = Set.of("properties", "definitions", "$defs");

    /** Schemas of tools have more keywords than the ones that MCP defines. */
    private static final Set<String> OPEN = Set.of("inputSchema", "outputSchema");

    private ClosedSchema() {}

    static JsonObject of(JsonObject schema) {
        return closed(schema, true);
    }

    private static JsonObject closed(JsonObject schema, boolean close) {
        JsonObjectBuilder result = Json.createObjectBuilder();
        schema.forEach((keyword, value) -> result.add(keyword, closed(keyword, value)));
        if (close && schema.containsKey("properties") && !schema.containsKey(ADDITIONAL)) {
            result.add(ADDITIONAL, JsonValue.FALSE);
        }
        return result.build();
    }

    private static JsonValue closed(String keyword, JsonValue value) {
        if (MAPS.contains(keyword)) {
            JsonObjectBuilder schemas = Json.createObjectBuilder();
            value.asJsonObject()
                    .forEach((name, schema) -> schemas.add(name, closed(schema.asJsonObject(), !OPEN.contains(name))));
            return schemas.build();
        }
        if (keyword.equals("anyOf")) {
            JsonArrayBuilder schemas = Json.createArrayBuilder();
            value.asJsonArray().forEach(schema -> schemas.add(closed(schema.asJsonObject(), true)));
            return schemas.build();
        }
        // the parts of allOf define the members of one object together, and stay open
        return keyword.equals("items") || keyword.equals(ADDITIONAL) && value instanceof JsonObject
                ? closed(value.asJsonObject(), true)
                : value;
    }
}
