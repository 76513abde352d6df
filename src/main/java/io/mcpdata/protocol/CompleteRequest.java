package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import java.util.Map;

/**
 * The parameters of {@code completion/complete}.
 *
 * @param ofPrompt whether the argument is one of a prompt; otherwise it is a variable of a resource template
 * @param reference the prompt's name or the template's URI
 * @param value the text that the user has typed so far
 * @param context values of other arguments that the user has chosen already
 */
public record CompleteRequest(
        boolean ofPrompt, String reference, String argument, String value, Map<String, String> context) {

    public CompleteRequest {
        context = Map.copyOf(context);
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if a member is missing or has the wrong type */
    public static CompleteRequest from(JsonObject params) {
        JsonObject ref = Members.object(params, "params", "ref");
        boolean ofPrompt = switch (Members.text(ref, "params.ref", "type")) {
            case "ref/prompt" -> true;
            case "ref/resource" -> false;
            default -> throw ProtocolException.invalidParams("params.ref.type must be ref/prompt or ref/resource");
        };
        JsonObject argument = Members.object(params, "params", "argument");
        return new CompleteRequest(
                ofPrompt,
                Members.text(ref, "params.ref", ofPrompt ? "name" : "uri"),
                Members.text(argument, "params.argument", "name"),
                Members.text(argument, "params.argument", "value"),
                params.containsKey("context")
                        ? Members.texts(Members.object(params, "params", "context"), "params.context", "arguments")
                        : Map.of());
    }
}
