package io.mcpdata.mcp.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * {@code CallToolResult} of the MCP schema, with one text block.
 *
 * @param text what a client without structured content shows to the model
 * @param structuredContent an empty object if there is none
 * @param isError the tool ran into an error that the model can read and mend
 */
public record CallToolResult(String text, JsonObject structuredContent, boolean isError) {

    /** Structured content, with its JSON as the text, as the MCP specification asks for older clients. */
    public static CallToolResult structured(JsonObject content) {
        return new CallToolResult(Json.write(content), content, false);
    }

    public static CallToolResult error(String message) {
        return new CallToolResult(message, JsonValue.EMPTY_JSON_OBJECT, true);
    }

    public JsonObject toJson() {
        var json = Json.object()
                .add(
                        "content",
                        Json.array().add(Json.object().add("type", "text").add("text", text)));
        if (!structuredContent.isEmpty()) {
            json.add("structuredContent", structuredContent);
        }
        return json.add("isError", isError).build();
    }
}
