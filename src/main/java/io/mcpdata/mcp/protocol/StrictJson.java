package io.mcpdata.mcp.protocol;

import jakarta.json.JsonValue;

/** Reads JSON from outside that is no JSON-RPC, as strictly as {@link JsonRpcCodec} reads messages. */
public final class StrictJson {

    private StrictJson() {}

    /**
     * @param maxDepth deepest nesting of objects and arrays
     * @throws ProtocolException ({@code PARSE_ERROR}) if this is not UTF-8, not one JSON document, nested too deep or has
     *     a member twice
     */
    public static JsonValue read(byte[] text, int maxDepth) {
        return new StrictJsonReader(maxDepth).read(JsonRpcCodec.decoded(text));
    }
}
