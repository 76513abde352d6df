package io.mcpdata.admin;

import io.mcpdata.json.MalformedJsonException;
import io.mcpdata.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A JSON object from outside, read member by member. Its faults are collected and reported together. Lives within one
 * request.
 */
final class JsonBody {

    static final int LARGEST = 16 * 1024;
    private static final int DEEPEST = 4;
    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_LIST = 50;

    private final JsonObject object;
    private final List<BodyProblem> problems = new ArrayList<>();

    private JsonBody(JsonObject object) {
        this.object = object;
    }

    /** @throws InvalidBody if this is not a JSON object within the size limit; an empty body is an empty object */
    static JsonBody read(InputStream body, String... members) {
        try {
            byte[] text = body.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                throw invalid("more than " + LARGEST + " bytes", "a smaller JSON object");
            }
            JsonBody read = new JsonBody(text.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : object(text));
            read.only(Set.of(members));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject object(byte[] text) {
        try {
            if (new StrictJson(DEEPEST).read(text) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            if (!e.member().isEmpty()) {
                throw new InvalidBody(
                        List.of(new BodyProblem(shown(e.member()), "the member twice", "the member once")));
            }
            throw invalid("something else (" + e.getMessage() + ")", "a JSON object");
        }
        throw invalid("some other JSON value", "a JSON object");
    }

    private static InvalidBody invalid(String found, String expected) {
        return new InvalidBody(List.of(new BodyProblem("", found, expected)));
    }

    private void only(Set<String> members) {
        for (String member : object.keySet()) {
            if (!members.contains(member)) {
                problem(
                        shown(member),
                        "an unknown member",
                        "one of " + String.join(", ", members.stream().sorted().toList()));
            }
        }
    }

    private static String shown(String member) {
        String shown = member.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 64 ? shown.substring(0, 64) : shown;
    }

    /** The member converted; empty if it is absent, null or wrong. */
    <T> Optional<T> value(String member, String expected, Function<String, T> conversion) {
        JsonValue value = object.getOrDefault(member, JsonValue.NULL);
        return value == JsonValue.NULL ? Optional.empty() : converted(member, value, expected, conversion);
    }

    /** The member converted; null and a problem if it is absent. */
    <T> Optional<T> required(String member, String expected, Function<String, T> conversion) {
        if (object.getOrDefault(member, JsonValue.NULL) == JsonValue.NULL) {
            problem(member, "nothing", expected);
        }
        return value(member, expected, conversion);
    }

    /** The items of a list converted; empty if it is absent. */
    <T> List<T> list(String member, String expected, Function<String, T> conversion) {
        JsonValue value = object.getOrDefault(member, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.size() > LONGEST_LIST) {
            problem(member, kind(value), "a list of at most " + LONGEST_LIST + ", each " + expected);
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            converted(member + "[" + i + "]", array.get(i), expected, conversion)
                    .ifPresent(items::add);
        }
        return items;
    }

    /**
     * For conversions.
     *
     * @throws IllegalArgumentException if the value is not good
     */
    static <T> T checked(T value, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return value;
    }

    void problem(String member, String found, String expected) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new BodyProblem(member, found, expected));
        }
    }

    /** @throws InvalidBody if anything was wrong */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidBody(problems);
        }
    }

    private <T> Optional<T> converted(String member, JsonValue value, String expected, Function<String, T> conversion) {
        if (!(value instanceof JsonString text)) {
            problem(member, kind(value), expected);
            return Optional.empty();
        }
        try {
            return Optional.of(conversion.apply(text.getString()));
        } catch (RuntimeException e) {
            problem(member, "a text that does not fit", expected);
            return Optional.empty();
        }
    }

    private static String kind(JsonValue value) {
        return switch (value.getValueType()) {
            case ARRAY -> "a list of " + value.asJsonArray().size();
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case TRUE, FALSE -> "true or false";
            case NULL -> "nothing";
        };
    }
}
