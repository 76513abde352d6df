package io.mcpdata.authentication.jwt;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims that are a string or a list of strings. */
final class Texts {

    private Texts() {}

    /** The strings, in order; empty if the value is anything else. */
    static Optional<Set<String>> oneOrMore(@Nullable JsonValue value) {
        Set<String> texts = new LinkedHashSet<>();
        if (value instanceof JsonString one) {
            texts.add(one.getString());
            return Optional.of(texts);
        }
        if (!(value instanceof JsonArray many)) {
            return Optional.empty();
        }
        for (JsonValue item : many) {
            if (!(item instanceof JsonString text)) {
                return Optional.empty();
            }
            texts.add(text.getString());
        }
        return Optional.of(texts);
    }
}
