package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** The JSON-RPC 2.0 messages a server sends, as compact JSON text on one line. */
public final class JsonRpc {

    private JsonRpc() {}

    /** @param result compact JSON */
    public static String result(JsonRpcId id, String result) {
        return "{\"jsonrpc\":\"" + JsonRpcCodec.VERSION + "\",\"id\":" + Json.write(id.value()) + ",\"result\":"
                + result + "}";
    }

    public static String error(JsonRpcId id, ErrorCode code, String message) {
        return error(id.value(), code, message, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** @param code the one of the revision in use */
    public static String error(JsonRpcId id, ErrorCode code, ProtocolException why) {
        return error(id.value(), code, why.getMessage(), why.data());
    }

    /** The error for a message whose id is unknown. */
    public static String error(ErrorCode code, String message) {
        return error(JsonValue.NULL, code, message, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** The same without the member {@code id}, as the schema of MCP wants it since 2025-11-25. */
    public static String errorWithoutId(ErrorCode code, String message) {
        return Json.write(Json.object()
                .add("jsonrpc", JsonRpcCodec.VERSION)
                .add("error", Json.object().add("code", code.code()).add("message", message))
                .build());
    }

    /** A request of the server to its client. */
    public static String request(JsonRpcId id, String method, JsonObject params) {
        return Json.write(Json.object()
                .add("jsonrpc", JsonRpcCodec.VERSION)
                .add("id", id.value())
                .add("method", method)
                .add("params", params)
                .build());
    }

    /** A notification without parameters. */
    public static String notification(String method) {
        return Json.write(Json.object()
                .add("jsonrpc", JsonRpcCodec.VERSION)
                .add("method", method)
                .build());
    }

    /** A notification with parameters. */
    public static String notification(String method, JsonObject params) {
        return Json.write(Json.object()
                .add("jsonrpc", JsonRpcCodec.VERSION)
                .add("method", method)
                .add("params", params)
                .build());
    }

    private static String error(JsonValue id, ErrorCode code, String message, JsonObject data) {
        JsonObjectBuilder error = Json.object().add("code", code.code()).add("message", message);
        if (!data.isEmpty()) {
            error.add("data", data);
        }
        return Json.write(Json.object()
                .add("jsonrpc", JsonRpcCodec.VERSION)
                .add("id", id)
                .add("error", error)
                .build());
    }
}
