package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;

/** {@code CallToolResult} of the MCP schema. Immutable and thread-safe. */
public final class CallToolResult implements FeatureResult {

    private static final int FRAME = 100;

    private final List<ContentBlock> content;
    private final JsonObject structuredContent;
    /** The structured content as JSON; it is serialized once for the text and for itself. */
    private final String json;

    private final boolean isError;

    private CallToolResult(List<ContentBlock> content, JsonObject structuredContent, String json, boolean isError) {
        this.content = List.copyOf(content);
        this.structuredContent = structuredContent;
        this.json = json;
        this.isError = isError;
    }

    /** Structured content, with its JSON as the text, which the MCP specification recommends for older clients. */
    public static CallToolResult structured(JsonObject content) {
        String json = Json.write(content);
        return new CallToolResult(List.of(ContentBlock.text(json)), content, json, false);
    }

    /** The same with a link to a resource after the text. */
    public static CallToolResult linked(Resource link, JsonObject content) {
        String json = Json.write(content);
        return new CallToolResult(List.of(ContentBlock.text(json), new ContentBlock.Link(link)), content, json, false);
    }

    public static CallToolResult text(String text) {
        return of(List.of(ContentBlock.text(text)));
    }

    public static CallToolResult of(List<ContentBlock> content) {
        return new CallToolResult(content, JsonValue.EMPTY_JSON_OBJECT, "", false);
    }

    /** The tool ran into an error that the model can read and correct. */
    public static CallToolResult error(String message) {
        return new CallToolResult(List.of(ContentBlock.text(message)), JsonValue.EMPTY_JSON_OBJECT, "", true);
    }

    /** The text blocks, one a line. */
    public String text() {
        return String.join(
                "\n",
                content.stream()
                        .filter(ContentBlock.Text.class::isInstance)
                        .map(block -> ((ContentBlock.Text) block).text())
                        .toList());
    }

    /** An empty object if there is none. */
    public JsonObject structuredContent() {
        return structuredContent;
    }

    public boolean isError() {
        return isError;
    }

    @Override
    public String write(ClientRevision client) {
        StringBuilder result = new StringBuilder(2 * json.length() + FRAME).append("{\"content\":[");
        String comma = "";
        for (ContentBlock block : content) {
            Json.append(block.toJson(client), result.append(comma));
            comma = ",";
        }
        result.append(']');
        if (client.hasStructuredContent() && !json.isEmpty()) {
            result.append(",\"structuredContent\":").append(json);
        }
        return result.append(",\"isError\":").append(isError).append('}').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallToolResult that
                && content.equals(that.content)
                && structuredContent.equals(that.structuredContent)
                && isError == that.isError;
    }

    @Override
    public int hashCode() {
        return Objects.hash(content, structuredContent, isError);
    }

    @Override
    public String toString() {
        return write(ClientRevision.of(ProtocolVersion.V2026_07_28));
    }
}
