package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message on its way through, which is passed on as it was written. Immutable as long as nobody changes the
 * JSON.
 */
record RpcMessage(String text, JsonObject json) {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    /** Of the range that JSON-RPC leaves to implementations: the bridge could not get an answer. */
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

    /** @param id null where none can be told, which JSON-RPC writes as null */
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

    /** Two ids are equal if JSON-RPC takes them for the same, however their numbers are written. */
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

    /** The message in one line: between the tokens of JSON a line end is as good as a space, and within there is none. */
    String line() {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
