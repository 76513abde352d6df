package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * Becomes a JSON-RPC error. The message goes to the client: it says what was expected and contains nothing internal.
 */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    @SuppressWarnings("serial") // never serialized
    private final JsonObject data;

    public ProtocolException(ErrorCode code, String message) {
        this(code, message, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** @param data member {@code data} of the error; an empty object if there is none */
    public ProtocolException(ErrorCode code, String message, JsonObject data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    public static ProtocolException invalidParams(String message) {
        return new ProtocolException(ErrorCode.INVALID_PARAMS, message);
    }

    public ErrorCode code() {
        return code;
    }

    public JsonObject data() {
        return data;
    }

    /** Never null: every constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
