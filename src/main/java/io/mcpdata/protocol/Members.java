package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** An object of strings. Absent and null are an empty one; a member that is null is left out. */
    static Map<String, String> texts(JsonObject object, String path, String name) {
        if (object.getOrDefault(name, JsonValue.NULL) == JsonValue.NULL) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        JsonObject members = object(object, path, name);
        for (String key : members.keySet()) {
            optionalText(members, path + "." + name, key).ifPresent(text -> texts.put(key, text));
        }
        return texts;
    }

    /** Adds no member for an empty text. */
    static void addText(JsonObjectBuilder json, String name, String text) {
        if (!text.isEmpty()) {
            json.add(name, text);
        }
    }
}
