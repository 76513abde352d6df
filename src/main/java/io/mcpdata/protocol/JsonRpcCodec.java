package io.mcpdata.protocol;

import io.mcpdata.json.MalformedJsonException;
import io.mcpdata.json.StrictJson;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Parses bytes into JSON-RPC 2.0 messages and accepts only strict input: UTF-8, limited size and depth, no member
 * twice, no batches. Its error messages contain no text of the input. Immutable and thread-safe.
 *
 * @param maxBytes largest message, in bytes
 * @param maxDepth deepest nesting of objects and arrays, the message itself counted
 */
public record JsonRpcCodec(int maxBytes, int maxDepth) {

    static final String VERSION = "2.0";

    /**
     * @throws ProtocolException {@code PARSE_ERROR} if this is not JSON within the limits, {@code INVALID_REQUEST} if
     *     it is JSON but not a JSON-RPC message
     */
    public JsonRpcMessage parse(byte[] message) {
        if (message.length > maxBytes) {
            throw tooLarge();
        }
        JsonValue value = read(message);
        if (!(value instanceof JsonObject object)) {
            throw invalid(
                    value.getValueType() == JsonValue.ValueType.ARRAY
                            ? "batches are not supported: send one message at a time"
                            : "a JSON-RPC message is a JSON object");
        }
        return message(object);
    }

    /** The error for a message beyond {@link #maxBytes}, for a transport that detects it while reading. */
    public ProtocolException tooLarge() {
        return invalid("the message is larger than the " + maxBytes + " bytes allowed");
    }

    private JsonValue read(byte[] message) {
        try {
            return new StrictJson(maxDepth).read(message);
        } catch (MalformedJsonException e) {
            throw new ProtocolException(ErrorCode.PARSE_ERROR, e.getMessage());
        }
    }

    private static JsonRpcMessage message(JsonObject object) {
        if (!(object.get("jsonrpc") instanceof JsonString version)
                || !version.getString().equals(VERSION)) {
            throw invalid("jsonrpc must be \"2.0\"");
        }
        boolean answers = object.containsKey("result") || object.containsKey("error");
        @Nullable JsonValue method = object.get("method");
        if (method == null) {
            return response(object, answers);
        }
        if (answers) {
            throw invalid("a message has either a method, or a result or an error");
        }
        if (!(method instanceof JsonString name) || name.getString().isEmpty()) {
            throw invalid("method must be a string that is not empty");
        }
        JsonObject params = params(object);
        return object.containsKey("id")
                ? new JsonRpcRequest(id(object), name.getString(), params)
                : new JsonRpcNotification(name.getString(), params);
    }

    private static JsonRpcMessage response(JsonObject object, boolean answers) {
        if (!answers || object.containsKey("result") && object.containsKey("error")) {
            throw invalid("a message has a method, a result or an error, and only one of them");
        }
        return new JsonRpcResponse(id(object), object);
    }

    private static JsonRpcId id(JsonObject object) {
        @Nullable JsonValue id = object.get("id");
        return JsonRpcId.from(id == null ? JsonValue.NULL : id)
                .orElseThrow(() -> invalid("id must be a string of at most 256 characters or an integer"));
    }

    private static JsonObject params(JsonObject object) {
        @Nullable JsonValue params = object.get("params");
        if (params == null || params == JsonValue.NULL) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (!(params instanceof JsonObject named)) {
            throw invalid("params must be an object");
        }
        return named;
    }

    private static ProtocolException invalid(String message) {
        return new ProtocolException(ErrorCode.INVALID_REQUEST, message);
    }
}
