package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One JSON-RPC message, which is passed on as written. Immutable as long as no caller changes the JSON. */
record RpcMessage(String text, JsonObject json) {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    /** From the range that JSON-RPC reserves for implementations: the bridge could not get a response. */
    static final int NO_ANSWER = -32000;

    /** Empty if the text is not one JSON object. */
    static Optional<RpcMessage> read(String text) {
        return Json.read(text)
                .filter(JsonElement::isJsonObject)
                .map(json -> new RpcMessage(text, json.getAsJsonObject()));
    }

    static RpcMessage of(JsonObject json) {
        return new RpcMessage(json.toString(), json);
    }

    /** @param id null if unknown, which JSON-RPC writes as null */
    static RpcMessage error(@Nullable JsonElement id, int code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject json = new JsonObject();
        json.addProperty("jsonrpc", "2.0");
        json.add("id", id);
        json.add("error", error);
        return new RpcMessage(Json.compact(json), json);
    }

    boolean isRequest() {
        return json.has("method") && hasId();
    }

    boolean isNotification() {
        return json.has("method") && !hasId();
    }

    boolean isResponse() {
        return !json.has("method") && hasId();
    }

    private boolean hasId() {
        return json.has("id") && json.get("id").isJsonPrimitive();
    }

    /** The id. Two ids are equal if they are equal for JSON-RPC, however their numbers are written. */
    JsonElement id() {
        return json.get("id");
    }

    /** Empty in a response. */
    String method() {
        return JsonMembers.text(json, "method");
    }

    boolean calls(String method) {
        return method().equals(method);
    }

    RpcMessage withId(String id) {
        JsonObject copy = json.deepCopy();
        copy.addProperty("id", id);
        return of(copy);
    }

    /** The message on one line: line ends between JSON tokens are replaced by spaces, and tokens contain none. */
    String line() {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
