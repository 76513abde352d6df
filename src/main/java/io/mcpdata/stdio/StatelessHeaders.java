package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Map;

/** The headers with which a request of MCP 2026-07-28 or newer repeats what its body says. */
final class StatelessHeaders {

    static final String REVISION = "MCP-Protocol-Version";

    /** The member of the parameters that {@code Mcp-Name} repeats. */
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private StatelessHeaders() {}

    /** The revision that the request names; empty if it belongs to a session. */
    static String revision(RpcMessage message) {
        JsonObject meta = JsonMembers.object(JsonMembers.object(message.json(), "params"), "_meta");
        return JsonMembers.text(meta, "io.modelcontextprotocol/protocolVersion");
    }

    /** @param arguments the headers that repeat arguments, not yet encoded */
    static void addTo(HttpRequest.Builder request, RpcMessage message, Map<String, String> arguments) {
        request.header(REVISION, encoded(revision(message)));
        request.header("Mcp-Method", encoded(message.method()));
        String name = JsonMembers.text(
                JsonMembers.object(message.json(), "params"), NAMED.getOrDefault(message.method(), ""));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", encoded(name));
        }
        arguments.forEach((header, value) -> request.header(header, encoded(value)));
    }

    /** As it is if a header can carry it. */
    private static String encoded(String value) {
        boolean plain = value.matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?") && !value.startsWith("=?");
        return plain ? value : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)) + "?=";
    }
}
