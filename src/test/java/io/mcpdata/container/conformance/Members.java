package io.mcpdata.container.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** Members of members, where any of them may be missing or be no object. */
final class Members {

    private Members() {}

    /** {@code null} of JSON if it is missing. */
    static JsonValue at(JsonValue value, String... names) {
        JsonValue found = value;
        for (String name : names) {
            found = found instanceof JsonObject object ? object.getOrDefault(name, JsonValue.NULL) : JsonValue.NULL;
        }
        return found;
    }

    /** Empty if it is missing, or no text. */
    static String text(JsonValue value, String... names) {
        return at(value, names) instanceof JsonString text ? text.getString() : "";
    }
}
