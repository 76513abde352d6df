package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * {@code Resource} of the MCP schema: one entry of {@code resources/list}. Immutable and thread-safe.
 *
 * @param title empty if there is none
 * @param description empty if there is none
 * @param mimeType empty if it is unknown
 * @param size bytes; -1 if it is unknown
 */
public record Resource(String uri, String name, String title, String description, String mimeType, long size)
        implements Listed {

    @Override
    public JsonObject toJson(ClientRevision client) {
        JsonObjectBuilder json = Json.object().add("uri", uri).add("name", name);
        Members.addText(json, "title", client.hasTitles() ? title : "");
        Members.addText(json, "description", description);
        Members.addText(json, "mimeType", mimeType);
        return (size < 0 ? json : json.add("size", size)).build();
    }
}
