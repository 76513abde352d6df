package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * The id of a request, returned unchanged in the response. A string or an integer, as MCP requires; never null, never a
 * fraction. Immutable and thread-safe.
 */
public record JsonRpcId(JsonValue value) {

    /** Longer ids have no use and would take memory as long as the call runs. */
    private static final int LONGEST = 256;

    private static final int LONG_DIGITS = 19;

    public static JsonRpcId of(String text) {
        return new JsonRpcId(Json.provider().createValue(text));
    }

    public static JsonRpcId of(long number) {
        return new JsonRpcId(Json.provider().createValue(number));
    }

    /** The id, or empty if the value cannot be one. */
    static Optional<JsonRpcId> from(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString().length() <= LONGEST ? Optional.of(new JsonRpcId(text)) : Optional.empty();
        }
        // the codec keeps numbers as written, so 1.0 and 1e2 have a scale other than zero
        return value instanceof JsonNumber number
                        && number.isIntegral()
                        && number.bigDecimalValue().precision() <= LONG_DIGITS
                ? Optional.of(new JsonRpcId(number))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
