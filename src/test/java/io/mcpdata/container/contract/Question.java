package io.mcpdata.container.contract;

import io.mcpdata.container.contract.Endpoints.Endpoint;
import io.mcpdata.container.server.Web;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A request to an endpoint, without its caller. */
record Question(Endpoint endpoint, String path, String query, String body, Map<String, String> headers) {

    static final String NEW_KEY = "{\"name\":\"contract\",\"roles\":[\"analyst\"]}";

    /** Its answer is expected on the session's stream. */
    static final int CALL_ID = 77;

    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":" + CALL_ID
            + ",\"method\":\"tools/call\",\"params\":{\"name\":\"platform_info\"}}";

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}";

    private static final String LISTEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\",\"params\":"
            + "{\"notifications\":{},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    /** JAX-RS chooses the method by these. */
    private static final Map<String, Map<String, String>> HEADERS = Map.of(
            "POST /mcp, streamed",
            new TreeMap<>(Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "subscriptions/listen")),
            "GET /mcp",
            Map.of("Mcp-Session-Id", "unknown"),
            "DELETE /mcp",
            Map.of("Mcp-Session-Id", "unknown"));

    /** A method that reads a body gets one that has an effect. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /api/v1/keys",
            NEW_KEY,
            "POST /api/v1/keys/{key_id}/rotate",
            "{\"overlap\":\"0s\"}",
            "POST /api/v1/access",
            "{\"roles\":[\"analyst\"]}",
            "POST /api/v1/config/reload",
            "",
            "POST /api/v1/store/backup",
            "",
            "POST /api/v1/stream-tickets",
            "",
            "POST /messages",
            CALL,
            "POST /mcp",
            INITIALIZE,
            "POST /mcp, streamed",
            LISTEN,
            "POST /register",
            "{}");

    /** Answers without rows: those of a platform differ from those of another one. */
    private static final Map<String, String> QUERIES = Map.of(
            "/api/v1/audit",
            "since=2000-01-01T00:00:00Z&until=2000-01-02T00:00:00Z",
            "/api/v1/audit/stats",
            "since=2000-01-01T00:00:00Z&until=2000-01-02T00:00:00Z&by=tool",
            "/api/v1/sessions",
            "kind=subscription",
            "/api/v1/audit/export",
            "format=csv&until=2000-01-02T00:00:00Z");

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** A request that has its effect if the method runs: on a session and a key that exist. */
    static Question real(Endpoint endpoint, String session, String keyId) {
        Map<String, String> values = Map.of("key_id", keyId, "document", "unknown", "path", "unknown", "id", "0");
        String query = endpoint.path().equals("/messages")
                ? "sessionId=" + session
                : QUERIES.getOrDefault(endpoint.path(), "");
        String body = endpoint.method().equals("POST") ? valueOf(BODIES, endpoint.toString()) : "";
        return new Question(
                endpoint, path(endpoint, values), query, body, HEADERS.getOrDefault(endpoint.toString(), Map.of()));
    }

    /** A request for something that does not exist, without content. */
    static Question hollow(Endpoint endpoint) {
        Map<String, String> values =
                Map.of("key_id", "unknown", "document", "unknown", "path", "unknown", "id", "unknown");
        return new Question(
                endpoint,
                path(endpoint, values),
                QUERIES.getOrDefault(endpoint.path(), ""),
                endpoint.method().equals("POST") ? "{}" : "",
                Map.of());
    }

    private static String path(Endpoint endpoint, Map<String, String> values) {
        return VARIABLE.matcher(endpoint.path()).replaceAll((MatchResult name) -> valueOf(values, name.group(1)));
    }

    /** A new endpoint must be added here, with the objects of its request. */
    private static String valueOf(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing that works is known for " + name);
        }
        return value;
    }

    HttpRequest.Builder from(Visitor visitor, Web web) {
        String both = query + (query.isEmpty() || visitor.query().isEmpty() ? "" : "&") + visitor.query();
        HttpRequest.Builder request = web.to(path + (both.isEmpty() ? "" : "?" + both));
        visitor.headers().forEach(request::header);
        headers.forEach(request::header);
        return request.header("Content-Type", Web.JSON)
                .method(endpoint.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }
}
