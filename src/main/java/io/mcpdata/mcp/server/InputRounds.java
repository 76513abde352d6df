package io.mcpdata.mcp.server;

import io.mcpdata.gateway.InputRequiredException;
import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.InputRequiredResult;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answers that a client of revision 2026-07-28 sends with its request (section Multi Round-Trip Requests). Those of
 * earlier rounds are in the request's state, which is sealed for this caller, method and parameters, and expires.
 */
final class InputRounds {

    /** Time for a user to answer. */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String STATE = "requestState";
    private static final String RESPONSES = "inputResponses";
    private static final String ANSWERS = "answers";
    private static final String UNTIL = "until";

    private final Seal seal;
    private final String purpose;
    private final JsonObject params;

    InputRounds(Seal seal, String identity, JsonRpcRequest request) {
        this.seal = seal;
        this.params = request.params();
        this.purpose = "input " + identity + " " + request.method() + " " + Json.write(salient(params));
    }

    /**
     * The answers to these requests.
     *
     * @throws InputRequiredException if an answer is missing
     * @throws ProtocolException ({@code INVALID_PARAMS}) if the state is not one that this caller got for this request,
     *     or has expired
     */
    Map<String, JsonObject> ask(Map<String, InputRequest> requests) {
        Map<String, JsonObject> known = known();
        Map<String, InputRequest> missing = new LinkedHashMap<>(requests);
        missing.keySet().removeAll(known.keySet());
        if (!missing.isEmpty()) {
            throw new InputRequiredException(new InputRequiredResult(missing, state(known)));
        }
        Map<String, JsonObject> answers = new LinkedHashMap<>(known);
        answers.keySet().retainAll(requests.keySet());
        return answers;
    }

    private Map<String, JsonObject> known() {
        Map<String, JsonObject> known = new LinkedHashMap<>();
        if (params.containsKey(STATE)) {
            add(known, opened().getJsonObject(ANSWERS));
        }
        if (params.get(RESPONSES) instanceof JsonObject responses) {
            add(known, responses);
        }
        return known;
    }

    private static void add(Map<String, JsonObject> known, JsonObject answers) {
        answers.forEach((key, answer) -> {
            if (!(answer instanceof JsonObject object)) {
                throw ProtocolException.invalidParams("params." + RESPONSES + " must be an object of objects");
            }
            known.put(key, object);
        });
    }

    private JsonObject opened() {
        JsonObject state = (params.get(STATE) instanceof JsonString sealed
                        ? seal.open(purpose, sealed.getString())
                        : Optional.<String>empty())
                .map(Json::readObject)
                .orElseThrow(() -> ProtocolException.invalidParams(
                        "params." + STATE + " is not the one that this server gave you for this request"));
        if (Instant.now().getEpochSecond() > state.getJsonNumber(UNTIL).longValue()) {
            throw ProtocolException.invalidParams(
                    "params." + STATE + " has expired; send the request again without it");
        }
        return state;
    }

    private String state(Map<String, JsonObject> known) {
        JsonObjectBuilder answers = Json.object();
        known.forEach(answers::add);
        return seal.seal(
                purpose,
                Json.write(Json.object()
                        .add(ANSWERS, answers)
                        .add(UNTIL, Instant.now().plus(LIFETIME).getEpochSecond())
                        .build()));
    }

    /** What the request asks for, the same in each round. */
    private static JsonObject salient(JsonObject params) {
        JsonObjectBuilder salient = Json.object();
        new TreeMap<>(params).forEach((name, value) -> {
            if (!name.equals(STATE) && !name.equals(RESPONSES) && !name.equals("_meta")) {
                salient.add(name, sorted(value));
            }
        });
        return salient.build();
    }

    private static JsonValue sorted(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObjectBuilder members = Json.object();
            new TreeMap<>(object).forEach((name, member) -> members.add(name, sorted(member)));
            return members.build();
        }
        if (value instanceof JsonArray array) {
            JsonArrayBuilder elements = Json.array();
            array.forEach(element -> elements.add(sorted(element)));
            return elements.build();
        }
        return value;
    }
}
