package io.mcpdata.gateway;

import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.regex.Pattern;

/**
 * Arguments as an audit row may show them. Members named like a secret are left out at any depth. Long texts and long
 * lists are cut, and more so the larger the whole is, so that no argument displaces another in the row. The audit log
 * itself redacts text that looks like a credential; a cut never leaves half of one.
 */
final class AuditedParameters {

    /** Characters of all arguments together; a row holds 8192. */
    static final int LONGEST = 7_500;

    private static final Pattern SECRET = Pattern.compile(
            "passw|passphrase|secret|token|api_?-?key|authorization|credential|private", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST_RUN = Pattern.compile("\\S++$");
    private static final String CUT = "[too large to show]";

    private final int longestText;
    private final int most;

    private AuditedParameters(int longestText, int most) {
        this.longestText = longestText;
        this.most = most;
    }

    static String of(JsonObject arguments) {
        for (int divisor = 1; divisor <= 64; divisor *= 4) {
            String shown = Json.write(new AuditedParameters(4_000 / divisor, 100 / divisor).members(arguments, 0));
            if (shown.length() <= LONGEST) {
                return shown;
            }
        }
        return Json.write(Json.string(CUT));
    }

    private JsonValue shown(JsonValue value, int depth) {
        return switch (value.getValueType()) {
            case OBJECT -> depth > 8 ? Json.string(CUT) : members(value.asJsonObject(), depth);
            case ARRAY -> depth > 8 ? Json.string(CUT) : elements(value.asJsonArray(), depth);
            case STRING -> text(((JsonString) value).getString());
            default -> value;
        };
    }

    private JsonObject members(JsonObject object, int depth) {
        JsonObjectBuilder shown = Json.object();
        object.entrySet().stream().limit(most).forEach(member -> {
            boolean secret = SECRET.matcher(member.getKey()).find();
            shown.add(
                    cut(member.getKey(), 128),
                    secret ? Json.string("[redacted]") : shown(member.getValue(), depth + 1));
        });
        if (object.size() > most) {
            shown.add("[more]", object.size() - most);
        }
        return shown.build();
    }

    private JsonArray elements(JsonArray array, int depth) {
        JsonArrayBuilder shown = Json.array();
        array.stream().limit(most).forEach(element -> shown.add(shown(element, depth + 1)));
        if (array.size() > most) {
            shown.add("[" + (array.size() - most) + " more]");
        }
        return shown.build();
    }

    private JsonValue text(String text) {
        return Json.string(cut(text, longestText));
    }

    /** Half a credential would not be recognised as one, so the last word is removed as a whole. */
    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : LAST_RUN.matcher(text.substring(0, longest)).replaceFirst("") + "[" + text.length()
                        + " characters in all]";
    }
}
