package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code InputRequiredResult} of the MCP schema of revision 2026-07-28: the client answers the requests and sends its own
 * request again, with the answers and the state.
 *
 * @param requests by the key of the answer
 * @param requestState opaque to the client
 */
public record InputRequiredResult(Map<String, InputRequest> requests, String requestState) implements FeatureResult {

    public InputRequiredResult {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }

    @Override
    public String write(ClientRevision client) {
        JsonObjectBuilder wanted = Json.object();
        requests.forEach((key, request) -> wanted.add(key, request.toJson()));
        return Json.write(Json.object()
                .add("inputRequests", wanted)
                .add("requestState", requestState)
                .build());
    }

    @Override
    public String type() {
        return "input_required";
    }
}
