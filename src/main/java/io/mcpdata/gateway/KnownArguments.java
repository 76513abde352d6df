package io.mcpdata.gateway;

import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a call's arguments that the tool's input schema knows. Clients in strict mode send {@code null} for
 * missing values, and workflow engines add members of their own: a tool gets neither.
 */
final class KnownArguments {

    /** Schema keywords that define members beyond {@code properties}. */
    private static final Set<String> MORE_MEMBERS =
            Set.of("$ref", "allOf", "anyOf", "oneOf", "patternProperties", "unevaluatedProperties", "if");

    private KnownArguments() {}

    static JsonObject of(JsonObject schema, JsonObject arguments) {
        JsonObjectBuilder known = Json.object();
        arguments.forEach((name, value) -> {
            boolean absent = value == JsonValue.NULL
                    && !isRequired(schema, name)
                    && properties(schema).containsKey(name);
            if (!absent && !isUnknown(schema, name)) {
                known.add(name, within(properties(schema).get(name), value));
            }
        });
        return known.build();
    }

    /** The names that the schema does not know, in the order they came. */
    static List<String> unknown(JsonObject schema, JsonObject arguments) {
        return arguments.keySet().stream()
                .filter(name -> isUnknown(schema, name))
                .toList();
    }

    private static JsonValue within(@Nullable JsonValue schema, JsonValue value) {
        if (!(schema instanceof JsonObject part)) {
            return value;
        }
        if (value instanceof JsonObject object) {
            return of(part, object);
        }
        if (value instanceof JsonArray array && part.get("items") instanceof JsonObject items) {
            JsonArrayBuilder elements = Json.array();
            array.forEach(element -> elements.add(within(items, element)));
            return elements.build();
        }
        return value;
    }

    private static boolean isUnknown(JsonObject schema, String name) {
        return schema.get("properties") instanceof JsonObject named
                && !named.containsKey(name)
                && !(schema.get("additionalProperties") instanceof JsonObject)
                && schema.get("additionalProperties") != JsonValue.TRUE
                && MORE_MEMBERS.stream().noneMatch(schema::containsKey);
    }

    private static boolean isRequired(JsonObject schema, String name) {
        return schema.get("required") instanceof JsonArray required && required.contains(Json.string(name));
    }

    private static JsonObject properties(JsonObject schema) {
        return schema.get("properties") instanceof JsonObject properties ? properties : JsonValue.EMPTY_JSON_OBJECT;
    }
}
