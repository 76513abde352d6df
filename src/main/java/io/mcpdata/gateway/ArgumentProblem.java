package io.mcpdata.gateway;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One fault of a call's arguments, in words that help a model correct the call: the place, and what the input schema
 * expects there, never the value. Immutable.
 */
final class ArgumentProblem {

    private static final int LONGEST_NAME = 64;
    private static final int MOST_NAMES = 5;
    private static final String IS_NOT_KNOWN = " is not known; known are ";

    private final String place;
    private final @Nullable JsonValue found;
    private final @Nullable JsonValue expected;
    private final JsonObject schema;

    /**
     * @param pointer where in the arguments, a JSON pointer
     * @param found the value there; null if it is unknown
     * @param schema the part of the input schema that failed
     * @param expected the failing keyword's value; null if the schema allows nothing there
     */
    ArgumentProblem(String pointer, @Nullable JsonValue found, JsonObject schema, @Nullable JsonValue expected) {
        this.place = place(pointer);
        this.found = found;
        this.schema = schema;
        this.expected = expected;
    }

    String readable(@Nullable String keyword) {
        if (keyword == null || expected == null) {
            return place + IS_NOT_KNOWN + names(schema.getOrDefault("properties", schema));
        }
        return place
                + switch (keyword) {
                    case "required" -> " lacks " + missing();
                    case "type" -> " must be " + choice(expected);
                    case "anyOf" -> alternatives();
                    case "enum" -> " must be one of " + expected;
                    case "minimum" -> " must be at least " + expected;
                    case "maximum" -> " must be at most " + expected;
                    case "minLength" -> " must have at least " + expected + " characters";
                    case "maxLength" -> " must have at most " + expected + " characters";
                    case "minItems" -> " must have at least " + expected + " elements";
                    case "maxItems" -> " must have at most " + expected + " elements";
                    default -> " must satisfy " + keyword + " " + expected;
                };
    }

    /** The hint about unknown names beside a missing one, which may be misspelled; empty without unknown names. */
    static String unknown(List<String> names, JsonObject schema) {
        return names.isEmpty()
                ? ""
                : "; "
                        + names.stream()
                                .limit(MOST_NAMES)
                                .map(ArgumentProblem::printable)
                                .collect(Collectors.joining(" and "))
                        + (names.size() == 1 ? IS_NOT_KNOWN : " are not known; known are ")
                        + names(schema.getOrDefault("properties", schema));
    }

    private String missing() {
        return expected instanceof JsonArray required
                ? required.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .filter(name -> !(found instanceof JsonObject object) || !object.containsKey(name))
                        .map(this::withType)
                        .collect(Collectors.joining(" and "))
                : String.valueOf(expected);
    }

    private String withType(String name) {
        JsonValue type = schema.getValue("/properties").asJsonObject().getOrDefault(name, JsonValue.TRUE);
        return type instanceof JsonObject property && property.containsKey("type")
                ? name + " (" + choice(property.getOrDefault("type", JsonValue.NULL)) + ")"
                : name;
    }

    /** The allowed types, if the type is what is wrong. */
    private String alternatives() {
        List<JsonValue> types = expected instanceof JsonArray several
                ? several.stream()
                        .map(JsonValue::asJsonObject)
                        .map(alternative -> alternative.getOrDefault("type", JsonValue.NULL))
                        .toList()
                : List.of();
        boolean wrongType = found instanceof JsonArray || found instanceof JsonObject;
        return wrongType && types.stream().noneMatch(JsonValue.NULL::equals)
                ? " must be " + types.stream().map(ArgumentProblem::choice).collect(Collectors.joining(" or "))
                : " must satisfy one of the alternatives of the input schema";
    }

    private static String choice(JsonValue types) {
        return types instanceof JsonArray several
                ? several.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.joining(" or "))
                : types instanceof JsonString one ? one.getString() : types.toString();
    }

    private static String names(JsonValue properties) {
        List<String> names = List.copyOf(properties.asJsonObject().keySet());
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** {@code /parameters/0} becomes {@code arguments.parameters[0]}. */
    private static String place(String pointer) {
        StringBuilder place = new StringBuilder("arguments");
        for (String step : pointer.split("/", -1)) {
            if (step.matches("\\d{1,9}")) {
                place.append('[').append(step).append(']');
            } else if (!step.isEmpty()) {
                place.append('.').append(printable(step));
            }
        }
        return place.toString();
    }

    private static String printable(String name) {
        return Shown.name(name, LONGEST_NAME);
    }
}
