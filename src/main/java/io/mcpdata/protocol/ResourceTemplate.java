package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * {@code ResourceTemplate} of the MCP schema: one entry of {@code resources/templates/list}. Immutable and thread-safe.
 *
 * @param uriTemplate a template of RFC 6570
 * @param title empty if there is none
 * @param description empty if there is none
 * @param mimeType empty if it is not the same for all
 */
public record ResourceTemplate(String uriTemplate, String name, String title, String description, String mimeType)
        implements Listed {

    @Override
    public JsonObject toJson(ClientRevision client) {
        JsonObjectBuilder json = Json.object().add("uriTemplate", uriTemplate).add("name", name);
        Members.addText(json, "title", client.hasTitles() ? title : "");
        Members.addText(json, "description", description);
        Members.addText(json, "mimeType", mimeType);
        return json.build();
    }
}
