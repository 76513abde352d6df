package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Reads members of a request's parameters, each with an error that names it. */
final class Members {

    private Members() {}

    static String text(JsonObject object, String path, String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw ProtocolException.invalidParams(path + "." + name + " must be a string");
    }

    static JsonObject object(JsonObject object, String path, String name) {
        if (object.get(name) instanceof JsonObject member) {
            return member;
        }
        throw ProtocolException.invalidParams(path + "." + name + " must be an object");
    }

    /** Absent and null are the same. */
    static Optional<String> optionalText(JsonObject object, String path, String name) {
        return object.getOrDefault(name, JsonValue.NULL) == JsonValue.NULL
                ? Optional.empty()
                : Optional.of(text(object, path, name));
    }
}
