package io.mcpdata.authentication.jwt;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Claims that are a string or a list of strings, and strings that may become an identity or a name. */
final class StringOrList {

    /**
     * No control characters of either range (C0, C1), no characters that change the direction or show nothing, no private
     * or unassigned ones, no separators of lines: with them the name of one caller could look like another's. Unicode
     * counts those that stand here one by one among letters, marks and symbols, but they show nothing either.
     */
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5"
            + "\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\x{e0100}-\\x{e01ef}]{1,255}");

    private StringOrList() {}

    /** Whether a text shows what it is. */
    static boolean isPlain(String text) {
        return !text.isBlank() && PLAIN.matcher(text).matches();
    }

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
