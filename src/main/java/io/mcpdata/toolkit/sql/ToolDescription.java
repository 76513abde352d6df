package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import jakarta.json.JsonObject;

/** The description of a tool, stored beside the code as {@code tools/<name>.json}. */
final class ToolDescription {

    private ToolDescription() {}

    /** @throws IllegalStateException if the description is missing in the WAR: the deployment must fail then */
    static Tool readOnly(String name) {
        JsonObject description = Json.readObject(ShippedText.of("tools/" + name + ".json"));
        return new Tool(
                name,
                description.getString("title"),
                description.getString("description"),
                description.getJsonObject("inputSchema"),
                description.getJsonObject("outputSchema"),
                ToolAnnotations.READ_ONLY);
    }
}
