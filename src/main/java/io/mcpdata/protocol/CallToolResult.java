package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * {@code CallToolResult} of the MCP schema, with one text block.
 *
 * @param text the text for clients without structured content; the JSON of the structured content if there is any
 * @param structuredContent an empty object if there is none
 * @param isError the tool ran into an error that the model can read and correct
 */
public record CallToolResult(String text, JsonObject structuredContent, boolean isError) {

    private static final int FRAME = 100;

    /** Structured content, with its JSON as the text, which the MCP specification recommends for older clients. */
    public static CallToolResult structured(JsonObject content) {
        return new CallToolResult(Json.write(content), content, false);
    }

    public static CallToolResult error(String message) {
        return new CallToolResult(message, JsonValue.EMPTY_JSON_OBJECT, true);
    }

    /**
     * The result as compact JSON. The content is serialized once and used for the text and for the structured content.
     *
     * @param structured whether the client understands structured content; otherwise it gets only the text
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
