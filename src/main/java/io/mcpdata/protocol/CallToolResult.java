package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * {@code CallToolResult} of the MCP schema, with one text block.
 *
 * @param text what a client without structured content shows to the model; the JSON of structured content if there is any
 * @param structuredContent an empty object if there is none
 * @param isError the tool ran into an error that the model can read and mend
 */
public record CallToolResult(String text, JsonObject structuredContent, boolean isError) {

    private static final int FRAME = 100;

    /** Structured content, with its JSON as the text, as the MCP specification asks for older clients. */
    public static CallToolResult structured(JsonObject content) {
        return new CallToolResult(Json.write(content), content, false);
    }

    public static CallToolResult error(String message) {
        return new CallToolResult(message, JsonValue.EMPTY_JSON_OBJECT, true);
    }

    /**
     * The result as compact JSON. What a tool gives is written once: the structured content is the text again.
     *
     * @param structured whether the client knows structured content; one that does not gets the text alone
     */
    public String write(boolean structured) {
        StringBuilder json = new StringBuilder(2 * text.length() + FRAME)
                .append("{\"content\":[{\"type\":\"text\",\"text\":")
                .append(Json.write(Json.string(text)))
                .append("}]");
        if (structured && !structuredContent.isEmpty()) {
            json.append(",\"structuredContent\":").append(text);
        }
        return json.append(",\"isError\":").append(isError).append('}').toString();
    }
}
