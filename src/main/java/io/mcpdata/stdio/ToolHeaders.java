package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers with which a tool's call of MCP 2026-07-28 or newer repeats arguments. A client on standard input need not
 * know that Streamable HTTP wants them; the bridge reads in the client's lists of tools which arguments they are. Confined
 * to the bridge's thread.
 */
final class ToolHeaders {

    private final Map<String, JsonObject> schemas = new HashMap<>();

    /** The answer to a client's request may be a list of tools. */
    void learn(RpcMessage request, RpcMessage answer) {
        if (request.calls("tools/list")) {
            for (JsonElement tool : JsonMembers.items(JsonMembers.object(answer.json(), "result"), "tools")) {
                if (tool.isJsonObject()) {
                    JsonObject described = tool.getAsJsonObject();
                    schemas.put(JsonMembers.text(described, "name"), JsonMembers.object(described, "inputSchema"));
                }
            }
        }
    }

    /** The headers of this request, not yet encoded. */
    Map<String, String> of(RpcMessage request) {
        Map<String, String> headers = new TreeMap<>();
        if (request.calls("tools/call") && !StatelessHeaders.revision(request).isEmpty()) {
            JsonObject params = JsonMembers.object(request.json(), "params");
            JsonObject schema = schemas.getOrDefault(JsonMembers.text(params, "name"), new JsonObject());
            collect(schema, JsonMembers.object(params, "arguments"), headers);
        }
        return headers;
    }

    private static void collect(JsonObject schema, JsonObject arguments, Map<String, String> headers) {
        JsonObject properties = JsonMembers.object(schema, "properties");
        for (String name : properties.keySet()) {
            JsonObject property = JsonMembers.object(properties, name);
            String header = JsonMembers.text(property, "x-mcp-header");
            if (!header.isEmpty() && arguments.has(name) && arguments.get(name).isJsonPrimitive()) {
                headers.put("Mcp-Param-" + header, arguments.get(name).getAsString());
            }
            collect(property, JsonMembers.object(arguments, name), headers);
        }
    }
}
