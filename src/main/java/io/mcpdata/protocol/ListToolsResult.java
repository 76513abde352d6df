package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;

/** {@code ListToolsResult} of the MCP schema, always on one page. */
public record ListToolsResult(List<Tool> tools) {

    public ListToolsResult {
        tools = List.copyOf(tools);
    }

    public JsonObject toJson(ClientRevision client) {
        JsonArrayBuilder array = Json.array();
        tools.forEach(tool -> array.add(tool.toJson(client)));
        return Json.object().add("tools", array).build();
    }
}
