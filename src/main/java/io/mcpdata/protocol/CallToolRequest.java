package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code tools/call}. */
public record CallToolRequest(String name, JsonObject arguments) {

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the name is missing or a member has the wrong type */
    public static CallToolRequest from(JsonObject params) {
        @Nullable JsonValue name = params.get("name");
        if (!(name instanceof jakarta.json.JsonString text)) {
            throw ProtocolException.invalidParams("params.name must be a string: the tool's name");
        }
        @Nullable JsonValue arguments = params.get("arguments");
        if (arguments == null || arguments == JsonValue.NULL) {
            return new CallToolRequest(text.getString(), JsonValue.EMPTY_JSON_OBJECT);
        }
        if (!(arguments instanceof JsonObject object)) {
            throw ProtocolException.invalidParams("params.arguments must be an object");
        }
        return new CallToolRequest(text.getString(), object);
    }
}
