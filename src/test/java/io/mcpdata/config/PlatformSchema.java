package io.mcpdata.config;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The shipped JSON Schema of the file, as far as tests ask about it. */
final class PlatformSchema {

    private PlatformSchema() {}

    static JsonObject document() {
        return Json.createReader(new StringReader(PlatformSchemaDocument.text()))
                .readObject();
    }

    /** The keys of every mapping whose keys are fixed, by its place: flow YAML with {@code %s} where they belong. */
    static Map<String, Set<String>> keysByPlace() {
        Map<String, Set<String>> found = new TreeMap<>();
        walk(document(), "{%s}", found);
        return found;
    }

    /** Every key there is. */
    static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        keysByPlace().forEach((place, names) -> {
            if (!place.contains("oidc")) {
                keys.addAll(names);
            }
        });
        keys.remove("oidc");
        return keys;
    }

    private static void walk(JsonObject schema, String place, Map<String, Set<String>> found) {
        JsonObject resolved = resolved(schema);
        if (resolved.containsKey("properties")) {
            JsonObject properties = resolved.getJsonObject("properties");
            found.put(place, new TreeSet<>(properties.keySet()));
            properties.forEach((name, value) -> walk(value.asJsonObject(), inside(place, name + ": {%s}"), found));
        }
        if (resolved.containsKey("items")) {
            walk(resolved.getJsonObject("items"), place.replace("{%s}", "[{%s}]"), found);
        }
        if (resolved.get("additionalProperties") instanceof JsonObject any) {
            walk(any, inside(place, "x: {%s}"), found);
        }
    }

    private static String inside(String place, String entry) {
        return place.replace("%s", entry);
    }

    private static JsonObject resolved(JsonObject schema) {
        String reference = schema.getString("$ref", "");
        return reference.isEmpty()
                ? schema
                : document().getValue(reference.substring(1)).asJsonObject();
    }
}
