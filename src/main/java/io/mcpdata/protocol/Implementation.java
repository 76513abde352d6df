package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/** {@code Implementation} of the MCP schema: the name and version of a client or server. */
public record Implementation(String name, String version) {

    static Implementation from(JsonObject object, String path) {
        return new Implementation(Members.text(object, path, "name"), Members.text(object, path, "version"));
    }

    public JsonObject toJson() {
        return Json.object().add("name", name).add("version", version).build();
    }
}
