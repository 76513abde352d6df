package io.mcpdata.toolkit.sql;

import io.mcpdata.config.QueryConfig;
import io.mcpdata.config.QueryParameterConfig;
import io.mcpdata.config.QueryParameterConfig.Type;
import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;

/** The JSON Schema of a named query's arguments, and its parameters' values as JSON. What the platform binds is no argument. */
final class NamedQuerySchema {

    private NamedQuerySchema() {}

    static JsonObject of(QueryConfig query) {
        JsonObjectBuilder properties = Json.object();
        JsonArrayBuilder required = Json.array();
        for (QueryParameterConfig parameter : query.parameters()) {
            if (parameter.from().isEmpty()) {
                properties.add(parameter.name(), property(parameter));
                if (parameter.required()) {
                    required.add(parameter.name());
                }
            }
        }
        return Json.object()
                .add("type", "object")
                .add("properties", properties)
                .add("required", required)
                .add("additionalProperties", false)
                .build();
    }

    private static JsonObjectBuilder property(QueryParameterConfig parameter) {
        Type type = parameter.type();
        JsonObjectBuilder property = Json.object();
        property.add("type", type.isTime() ? "string" : type.name().toLowerCase(Locale.ROOT));
        // JSON Schema has no range of dates and no time without zone
        String described = type.isTime() && parameter.values().isEmpty()
                ? (parameter.description() + " (" + parameter.expected() + ")").strip()
                : parameter.description();
        if (!described.isEmpty()) {
            property.add("description", described);
        }
        if (type.isNumeric()) {
            parameter.minimum().ifPresent(least -> property.add("minimum", new BigDecimal(least)));
            parameter.maximum().ifPresent(most -> property.add("maximum", new BigDecimal(most)));
        }
        if (type == Type.STRING) {
            property.add("maxLength", parameter.maxLength());
        }
        if (!parameter.values().isEmpty()) {
            JsonArrayBuilder values = Json.array();
            parameter.values().forEach(value -> values.add(json(type, value)));
            property.add("enum", values);
        }
        parameter.standard().ifPresent(standard -> property.add("default", json(type, standard)));
        return property;
    }

    /** @param text a value of the type */
    static JsonValue json(Type type, String text) {
        return switch (type) {
            case INTEGER, NUMBER -> Json.provider().createValue(new BigDecimal(text));
            case BOOLEAN -> text.equals("true") ? JsonValue.TRUE : JsonValue.FALSE;
            case STRING, DATE, TIMESTAMP -> Json.string(text);
        };
    }
}
