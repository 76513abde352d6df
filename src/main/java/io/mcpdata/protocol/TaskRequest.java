package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of {@code tasks/get}, {@code tasks/update} and {@code tasks/cancel}.
 *
 * @param responses of {@code tasks/update}, by the keys of the requests
 */
public record TaskRequest(String taskId, Map<String, JsonObject> responses) {

    public TaskRequest {
        responses = Map.copyOf(responses);
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the id is missing, or a response is not an object */
    public static TaskRequest from(JsonObject params) {
        Map<String, JsonObject> responses = new HashMap<>();
        if (params.containsKey("inputResponses")) {
            JsonObject given = Members.object(params, "params", "inputResponses");
            for (Map.Entry<String, JsonValue> response : given.entrySet()) {
                responses.put(response.getKey(), Members.object(given, "params.inputResponses", response.getKey()));
            }
        }
        return new TaskRequest(Members.text(params, "params", "taskId"), responses);
    }
}
