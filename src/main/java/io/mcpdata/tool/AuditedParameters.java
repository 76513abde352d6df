package io.mcpdata.tool;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.regex.Pattern;

/**
 * Arguments as an audit row may show them: what is named like a secret is left out at any depth, and long texts are
 * cut, so that one argument cannot push the others out of the row.
 */
final class AuditedParameters {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(passw|passphrase|secret|token|api_?-?key|authorization|credential|private).*");
    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_ELEMENTS = 100;

    private AuditedParameters() {}

    static String of(JsonObject arguments) {
        return Json.write(shown(arguments));
    }

    private static JsonValue shown(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> members(value.asJsonObject());
            case ARRAY -> elements(value.asJsonArray());
            case STRING -> text(((JsonString) value).getString());
            default -> value;
        };
    }

    private static JsonValue members(JsonObject object) {
        JsonObjectBuilder shown = Json.object();
        object.forEach((name, value) ->
                shown.add(name, SECRET.matcher(name).matches() ? Json.string("[redacted]") : shown(value)));
        return shown.build();
    }

    private static JsonValue elements(JsonArray array) {
        JsonArrayBuilder shown = Json.array();
        array.stream().limit(MOST_ELEMENTS).forEach(element -> shown.add(shown(element)));
        if (array.size() > MOST_ELEMENTS) {
            shown.add("[" + (array.size() - MOST_ELEMENTS) + " more]");
        }
        return shown.build();
    }

    private static JsonValue text(String text) {
        return Json.string(
                text.length() <= LONGEST_TEXT
                        ? text
                        : text.substring(0, LONGEST_TEXT) + "[" + (text.length() - LONGEST_TEXT) + " more characters]");
    }
}
