package io.mcpdata.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that clients of Streamable HTTP repeat in a header, because the tool's input schema marks it with {@code
 * x-mcp-header} (MCP 2026-07-28, section Custom Headers from Tool Parameters).
 *
 * @param header the name of the header
 * @param path the names that lead to the parameter in the arguments
 */
public record HeaderParameter(String header, List<String> path) {

    private static final String MARK = "x-mcp-header";
    private static final String PREFIX = "Mcp-Param-";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    /** Keywords whose values are data and no schemas. */
    private static final Set<String> DATA = Set.of("const", "default", "enum", "examples");

    /** An integer as clients may write it; JSON allows 42.0 too. */
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,17}(\\.0{1,17})?");

    public HeaderParameter {
        path = List.copyOf(path);
    }

    /**
     * The marked parameters of an input schema.
     *
     * @throws IllegalArgumentException if clients would leave out the tool, because a mark breaks a rule
     */
    public static List<HeaderParameter> in(JsonObject inputSchema) {
        List<HeaderParameter> found = new ArrayList<>();
        collect(inputSchema, List.of(), true, found);
        Set<String> names = new HashSet<>();
        for (HeaderParameter parameter : found) {
            if (!names.add(parameter.header().toLowerCase(Locale.ROOT))) {
                throw fault(parameter.path(), "is the second one with this name; each parameter needs its own");
            }
        }
        return List.copyOf(found);
    }

    /** @param reachable whether only {@code properties} lead from the root to this schema */
    private static void collect(JsonValue schema, List<String> path, boolean reachable, List<HeaderParameter> found) {
        if (schema instanceof JsonArray elements) {
            elements.forEach(element -> collect(element, path, false, found));
        }
        if (!(schema instanceof JsonObject object)) {
            return;
        }
        object.forEach((keyword, value) -> {
            if (keyword.equals("properties") && value instanceof JsonObject properties) {
                properties.forEach((name, property) -> collect(property, append(path, name), reachable, found));
            } else if (keyword.equals(MARK)) {
                found.add(marked(object, path, reachable));
            } else if (!DATA.contains(keyword)) {
                collect(value, path, false, found);
            }
        });
    }

    private static HeaderParameter marked(JsonObject property, List<String> path, boolean reachable) {
        if (!reachable || path.isEmpty()) {
            throw fault(path, "stands where only some calls have a value; mark a property that \"properties\" lead to");
        }
        if (!(property.get("type") instanceof JsonString type) || !TYPES.contains(type.getString())) {
            throw fault(path, "marks a parameter whose type is not one of string, integer, boolean");
        }
        if (!(property.get(MARK) instanceof JsonString name)
                || !TOKEN.matcher(name.getString()).matches()) {
            throw fault(path, "is not the end of a header's name, such as \"Region\"");
        }
        return new HeaderParameter(PREFIX + name.getString(), path);
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static IllegalArgumentException fault(List<String> path, String what) {
        return new IllegalArgumentException(MARK + " of " + String.join("/", path) + " " + what);
    }

    /** The parameter's value; empty if it is not given or {@code null}, and clients send no header then. */
    public Optional<JsonValue> value(@Nullable JsonValue arguments) {
        @Nullable JsonValue value = arguments;
        for (String name : path) {
            value = value instanceof JsonObject object ? object.get(name) : null;
        }
        return Optional.ofNullable(value).filter(given -> given != JsonValue.NULL);
    }

    /** Whether a header's decoded text is this value. */
    public static boolean isSame(String text, JsonValue value) {
        if (value instanceof JsonNumber number) {
            return INTEGER.matcher(text).matches() && new BigDecimal(text).compareTo(number.bigDecimalValue()) == 0;
        }
        return value instanceof JsonString string
                ? string.getString().equals(text)
                : value.getValueType() == JsonValue.ValueType.TRUE && text.equals("true")
                        || value.getValueType() == JsonValue.ValueType.FALSE && text.equals("false");
    }
}
