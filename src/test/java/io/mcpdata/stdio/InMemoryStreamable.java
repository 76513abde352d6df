package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code /mcp} with and without sessions: JSON as answers, and an event stream for the tools {@code streamed} and
 * {@code slow}, whose answer never comes.
 */
final class InMemoryStreamable {

    private final Map<String, OutputStream> streams;
    private final List<String> heard;
    private static final String TOOLS = """
            {"tools":[{"name":"order","inputSchema":{"type":"object","properties":{
              "place":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}},
              "amount":{"type":"integer","x-mcp-header":"Amount"}}}}]}""";

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    volatile boolean hasStream = true;

    InMemoryStreamable(Map<String, OutputStream> streams, List<String> heard) {
        this.streams = streams;
        this.heard = heard;
    }

    void forgetSessions() {
        sessions.clear();
    }

    /** The headers of each request that MCP defines, after its method. */
    List<String> headers() {
        return headers;
    }

    void answer(HttpExchange exchange, String body) throws IOException {
        headers.add(exchange.getRequestMethod()
                + header(exchange, "Mcp-Session-Id")
                + header(exchange, "MCP-Protocol-Version")
                + header(exchange, "Mcp-Method")
                + header(exchange, "Mcp-Name")
                + header(exchange, "Mcp-Param-Region")
                + header(exchange, "Mcp-Param-Amount")
                + header(exchange, "Last-Event-ID"));
        switch (exchange.getRequestMethod()) {
            case "GET" -> stream(exchange);
            case "DELETE" -> {
                sessions.remove(session(exchange));
                reply(exchange, 204, "", "");
            }
            default -> post(exchange, body, JsonParser.parseString(body).getAsJsonObject());
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : " " + value;
    }

    private static String session(HttpExchange exchange) {
        return header(exchange, "Mcp-Session-Id").strip();
    }

    private void stream(HttpExchange exchange) throws IOException {
        String session = session(exchange);
        if (session.isEmpty() || !sessions.contains(session)) {
            reply(exchange, session.isEmpty() ? 400 : 404, "", "{\"detail\":\"no such session\"}");
        } else if (!hasStream) {
            reply(exchange, 405, "", "");
        } else {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream stream = exchange.getResponseBody();
            write(stream, "id: e-" + count.incrementAndGet() + "\ndata:\n\n");
            streams.put(session, stream);
        }
    }

    private void post(HttpExchange exchange, String body, JsonObject message) throws IOException {
        boolean opens = body.contains("\"initialize\"");
        boolean stateless = body.contains("protocolVersion\":\"2026");
        String session = opens ? "s-" + count.incrementAndGet() : session(exchange);
        if (opens) {
            sessions.add(session);
        } else if (!stateless && !sessions.contains(session)) {
            reply(exchange, session.isEmpty() ? 400 : 404, "", "{\"detail\":\"no such session\"}");
            return;
        }
        heard.add(session + " " + body);
        if (!message.has("method") || !message.has("id")) {
            reply(exchange, 202, "", "");
        } else if (body.contains("streamed") || body.contains("slow")) {
            streamed(exchange, session, message);
        } else {
            String result = opens
                    ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{\"listChanged\":true}}}"
                    : body.contains("tools/list")
                            ? TOOLS
                            : "{\"echo\":\"" + message.get("method").getAsString() + "\"}";
            reply(exchange, 200, opens ? session : "", answer(message, result));
        }
    }

    private void streamed(HttpExchange exchange, String session, JsonObject message) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream stream = exchange.getResponseBody()) {
            write(stream, ": the answer follows\n\nid: 7\ndata:\n\n");
            write(stream, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n");
            while (message.toString().contains("slow")) {
                Thread.sleep(20);
                write(stream, ": keep-alive\n\n");
            }
            write(stream, "data: " + answer(message, "{\"echo\":\"streamed\"}") + "\n\n");
        } catch (IOException closedByTheClient) {
            heard.add(session + " closed " + message.get("id"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(JsonObject request, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}";
    }

    private static void reply(HttpExchange exchange, int status, String session, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        if (!session.isEmpty()) {
            exchange.getResponseHeaders().add("Mcp-Session-Id", session);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void write(OutputStream stream, String text) throws IOException {
        synchronized (stream) {
            stream.write(text.getBytes(UTF_8));
            stream.flush();
        }
    }
}
