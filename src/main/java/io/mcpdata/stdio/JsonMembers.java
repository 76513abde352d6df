package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of a response; an absent member or one of another kind is empty. */
final class JsonMembers {

    private JsonMembers() {}

    static String text(JsonObject json, String name) {
        @Nullable JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** An instant, without its fraction. */
    static String seconds(JsonObject json, String name) {
        return text(json, name).replaceFirst("\\.\\d+", "");
    }

    /** The texts of a list, separated by commas. */
    static String list(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement item : items(json, name)) {
            if (item.isJsonPrimitive()) {
                texts.add(item.getAsString());
            }
        }
        return String.join(", ", texts);
    }

    static Iterable<JsonElement> items(JsonObject json, String name) {
        @Nullable JsonElement value = json.get(name);
        return value != null && value.isJsonArray() ? value.getAsJsonArray() : List.of();
    }

    static JsonObject object(JsonObject json, String name) {
        @Nullable JsonElement value = json.get(name);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }
}
