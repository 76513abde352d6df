package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * {@code GetPromptResult} of the MCP schema.
 *
 * @param description empty if there is none
 */
public record GetPromptResult(String description, List<PromptMessage> messages) implements FeatureResult {

    public GetPromptResult {
        messages = List.copyOf(messages);
    }

    @Override
    public String write(ClientRevision client) {
        JsonObjectBuilder json = Json.object();
        Members.addText(json, "description", description);
        JsonArrayBuilder array = Json.array();
        messages.forEach(message -> array.add(message.toJson(client)));
        return Json.write(json.add("messages", array).build());
    }
}
