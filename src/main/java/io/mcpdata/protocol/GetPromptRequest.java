package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import java.util.Map;

/** The parameters of {@code prompts/get}. */
public record GetPromptRequest(String name, Map<String, String> arguments) {

    public GetPromptRequest {
        arguments = Map.copyOf(arguments);
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the name is missing or a member has the wrong type */
    public static GetPromptRequest from(JsonObject params) {
        return new GetPromptRequest(
                Members.text(params, "params", "name"), Members.texts(params, "params", "arguments"));
    }
}
