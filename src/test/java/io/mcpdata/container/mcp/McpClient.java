package io.mcpdata.container.mcp;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;

/** Posts messages to {@code /mcp} as a client of one revision, with every header that the revision wants. */
record McpClient(Web web, String key, String revision, Map<String, String> headers, String capabilities) {

    static final String STATELESS = "2026-07-28";

    private static final String BOTH = "application/json, text/event-stream";

    McpClient(Web web, String key, String revision, Map<String, String> headers) {
        this(web, key, revision, headers, "{}");
    }

    /** A client without sessions that understands tasks. */
    McpClient withTasks() {
        return new McpClient(web, key, revision, headers, "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}");
    }

    /** A client without sessions that can ask its user. */
    McpClient withElicitation() {
        return new McpClient(web, key, revision, headers, "{\"elicitation\":{}}");
    }

    /** A client of a revision with sessions that has initialized. */
    static McpClient initialized(Web web, String key, String revision) {
        McpClient client = new McpClient(web, key, revision, Map.of());
        Answer answer = client.initialize();
        String session = answer.header("Mcp-Session-Id");
        if (answer.status() != 200 || session.isEmpty()) {
            throw new AssertionError("no session but " + answer.status() + ": " + answer.body());
        }
        return client.with("Mcp-Session-Id", session)
                .with(
                        "MCP-Protocol-Version",
                        answer.json().getJsonObject("result").getString("protocolVersion"));
    }

    static McpClient stateless(Web web, String key) {
        return new McpClient(web, key, STATELESS, Map.of()).with("MCP-Protocol-Version", STATELESS);
    }

    McpClient with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new McpClient(web, key, revision, more, capabilities);
    }

    String session() {
        return headers.getOrDefault("Mcp-Session-Id", "");
    }

    Answer initialize() {
        return post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + revision + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
    }

    /** @param params members of the parameters, without braces */
    Answer ask(int id, String method, String params) {
        return web.send(request(id, method, params));
    }

    Answer call(int id, String tool, String arguments) {
        return ask(id, "tools/call", call(tool, arguments));
    }

    /** The parameters of a call. */
    static String call(String tool, String arguments) {
        return "\"name\":\"" + tool + "\",\"arguments\":" + arguments;
    }

    Answer notify(String method, String params) {
        return post("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + "}}");
    }

    /** An answer that is an event stream. */
    EventStream stream(int id, String method, String params) {
        return web.open(request(id, method, params));
    }

    /** The stream of the session. */
    EventStream listen() {
        return web.open(base().GET());
    }

    EventStream resume(String lastEventId) {
        return web.open(base().header("Last-Event-ID", lastEventId).GET());
    }

    HttpRequest.Builder base() {
        HttpRequest.Builder request = web.to("/mcp", key);
        headers.forEach(request::header);
        return request;
    }

    HttpRequest.Builder request(int id, String method, String params) {
        String meta = revision.equals(STATELESS)
                ? "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + STATELESS
                        + "\",\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}"
                : "";
        String both = meta + (meta.isEmpty() || params.isEmpty() ? "" : ",") + params;
        HttpRequest.Builder request = base();
        if (revision.equals(STATELESS)) {
            request.header("Mcp-Method", method);
            if (params.startsWith("\"name\":\"") || method.equals("resources/read") || method.startsWith("tasks/")) {
                request.header("Mcp-Name", params.split("\"")[3]);
            }
        }
        return post(
                request,
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + both + "}}");
    }

    Answer post(String body) {
        return web.send(post(base(), body));
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", Web.JSON).header("Accept", BOTH).POST(BodyPublishers.ofString(body));
    }
}
