package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;

/** {@code ReadResourceResult} of the MCP schema. */
public record ReadResourceResult(List<ResourceContents> contents) implements FeatureResult {

    public ReadResourceResult {
        contents = List.copyOf(contents);
    }

    @Override
    public String write(ClientRevision client) {
        JsonArrayBuilder array = Json.array();
        contents.forEach(content -> array.add(content.toJson()));
        return Json.write(Json.object().add("contents", array).build());
    }

    @Override
    public boolean isCacheable() {
        return true;
    }
}
