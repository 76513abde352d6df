package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * {@code Prompt} of the MCP schema: one entry of {@code prompts/list}. Immutable and thread-safe.
 *
 * @param title empty if there is none
 * @param description empty if there is none
 */
public record Prompt(String name, String title, String description, List<Argument> arguments) implements Listed {

    /**
     * {@code PromptArgument} of the MCP schema.
     *
     * @param title empty if there is none
     * @param description empty if there is none
     */
    public record Argument(String name, String title, String description, boolean required) {}

    public Prompt {
        arguments = List.copyOf(arguments);
    }

    @Override
    public JsonObject toJson(ClientRevision client) {
        JsonObjectBuilder json = Json.object().add("name", name);
        Members.addText(json, "title", client.hasTitles() ? title : "");
        Members.addText(json, "description", description);
        if (!arguments.isEmpty()) {
            JsonArrayBuilder array = Json.array();
            for (Argument argument : arguments) {
                JsonObjectBuilder one = Json.object().add("name", argument.name());
                Members.addText(one, "title", client.hasTitles() ? argument.title() : "");
                Members.addText(one, "description", argument.description());
                array.add(one.add("required", argument.required()));
            }
            json.add("arguments", array);
        }
        return json.build();
    }
}
