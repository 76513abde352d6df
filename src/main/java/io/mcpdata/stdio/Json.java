package io.mcpdata.stdio;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as the command line reads and writes it. Thread-safe. */
final class Json {

    private static final Gson READING =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private static final Gson COMPACT =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    static String pretty(JsonElement json) {
        return PRETTY.toJson(json);
    }

    /** In one line, nulls included. */
    static String compact(JsonElement json) {
        return COMPACT.toJson(json);
    }

    /** An object of texts, numbers, lists of texts and nulls. */
    static JsonObject object(Map<String, ? extends @Nullable Object> members) {
        JsonObject object = new JsonObject();
        members.forEach((name, value) -> object.add(name, COMPACT.toJsonTree(value)));
        return object;
    }

    static JsonArray list(List<String> texts) {
        JsonArray list = new JsonArray(texts.size());
        texts.forEach(list::add);
        return list;
    }

    /** One JSON value and nothing after it; empty if the text is anything else. */
    static Optional<JsonElement> read(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = READING.fromJson(reader, JsonElement.class);
            boolean alone = reader.peek() == JsonToken.END_DOCUMENT;
            return alone ? Optional.ofNullable(element) : Optional.empty();
        } catch (IOException | JsonParseException | StackOverflowError malformed) {
            return Optional.empty();
        }
    }
}
