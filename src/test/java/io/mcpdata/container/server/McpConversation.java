package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** MCP 2024-11-05 by hand over a stream: sends raw messages, for tests that need to misbehave. */
public final class McpConversation implements AutoCloseable {

    private final Web web;
    private final String key;
    private final EventStream stream;
    private final String endpoint;
    private final AtomicInteger ids = new AtomicInteger();

    private McpConversation(Web web, String key, EventStream stream) {
        this.web = web;
        this.key = key;
        this.stream = stream;
        this.endpoint = stream.endpoint();
    }

    /** Opens a stream and initializes the session. */
    public static McpConversation begin(Web web, String key) {
        McpConversation conversation = open(web, key);
        conversation.initialize();
        return conversation;
    }

    /** Opens a stream and sends nothing yet. */
    public static McpConversation open(Web web, String key) {
        return new McpConversation(web, key, web.open(key));
    }

    /** On a stream that carries its own token: sends no credential of its own. */
    public static McpConversation over(Web web, EventStream stream) {
        return new McpConversation(web, "", stream);
    }

    public EventStream stream() {
        return stream;
    }

    /** The path of the endpoint event, as the server sent it. */
    public String endpoint() {
        return endpoint;
    }

    public JsonObject initialize() {
        return initialize("2024-11-05");
    }

    /** @param newest the newest revision that the client names */
    public JsonObject initialize(String newest) {
        JsonObject result = request(
                "initialize",
                Json.createObjectBuilder()
                        .add("protocolVersion", newest)
                        .add("capabilities", JsonValue.EMPTY_JSON_OBJECT)
                        .add(
                                "clientInfo",
                                Json.createObjectBuilder().add("name", "raw").add("version", "1"))
                        .build());
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return result;
    }

    /** The whole answer, with its result or its error. */
    public JsonObject request(String method, JsonObject params) {
        int id = begin(method, params);
        return stream.answer(id);
    }

    /** Sends a request and does not wait for its answer; returns its id. */
    public int begin(String method, JsonObject params) {
        int id = ids.incrementAndGet();
        Web.Answer posted = send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", method)
                .add("params", params)
                .build()
                .toString());
        if (posted.status() != 202) {
            throw new AssertionError("posting gave " + posted.status() + ": " + posted.body());
        }
        return id;
    }

    public JsonObject call(String tool, Map<String, String> arguments) {
        return request("tools/call", callParams(tool, arguments));
    }

    /** The rows of a query on the demo warehouse. */
    public JsonObject query(String sql) {
        return call("sql_query", Map.of("connection", "warehouse", "sql", sql));
    }

    public static JsonObject callParams(String tool, Map<String, String> arguments) {
        var values = Json.createObjectBuilder();
        arguments.forEach(values::add);
        return Json.createObjectBuilder()
                .add("name", tool)
                .add("arguments", values)
                .build();
    }

    /** The result of a tool call, which must have succeeded. */
    public static JsonObject structured(JsonObject answer) {
        assertThat(answer).containsKey("result");
        assertThat(answer.getJsonObject("result").getBoolean("isError", false))
                .as(answer.toString())
                .isFalse();
        // a client of this revision gets its results as text alone
        try (var reader = Json.createReader(new StringReader(text(answer)))) {
            return reader.readObject();
        }
    }

    /** The first text of a tool call's result, which may be an error. */
    public static String text(JsonObject answer) {
        return answer.getJsonObject("result")
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }

    /** Posts a text unchanged. */
    public Web.Answer send(String message) {
        return web.send(post().POST(BodyPublishers.ofString(message)));
    }

    /** A request to the session's own address with the session's own credential. */
    public HttpRequest.Builder post() {
        String path = endpoint.substring(web.platform().server().baseUrl().length()
                - web.platform().server().origin().length());
        HttpRequest.Builder request = key.isEmpty() ? web.to(path) : web.to(path, key);
        return request.header("Content-Type", Web.JSON);
    }

    @Override
    public void close() {
        stream.close();
    }
}
