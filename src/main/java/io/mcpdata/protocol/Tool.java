package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;

/**
 * {@code Tool} of the MCP schema: one tool in {@code tools/list}.
 *
 * @param inputSchema JSON Schema 2020-12 of the arguments; calls are validated against it
 * @param outputSchema JSON Schema 2020-12 of the structured content; an empty object if there is none
 */
public record Tool(
        String name,
        String title,
        String description,
        JsonObject inputSchema,
        JsonObject outputSchema,
        ToolAnnotations annotations)
        implements Listed {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** @throws IllegalArgumentException if the MCP schema does not allow the name */
    public Tool {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a tool name: " + name);
        }
    }

    @Override
    public JsonObject toJson(ClientRevision client) {
        var json = Json.object().add("name", name);
        if (client.hasTitles()) {
            json.add("title", title);
        }
        json.add("description", description).add("inputSchema", inputSchema);
        if (client.hasStructuredContent() && !outputSchema.isEmpty()) {
            json.add("outputSchema", outputSchema);
        }
        // older clients read them too: that of the Java SDK names 2024-11-05 over /sse
        return json.add("annotations", annotations.toJson()).build();
    }
}
