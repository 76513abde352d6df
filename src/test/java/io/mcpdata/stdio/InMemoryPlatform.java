package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of the platform that a bridge uses: event streams, sessions that end with the server, and one response for
 * each request, except for the tool {@code slow}, which never answers. With {@code /mcp} only where a test wants it.
 */
final class InMemoryPlatform implements AutoCloseable {

    static final String KEY = "a-key-for-the-bridge-0123456789";

    private final Map<String, OutputStream> streams = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final InMemoryStreamable streamable = new InMemoryStreamable(streams, heard);
    private final InMemoryAdmin admin = new InMemoryAdmin();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger mostPosts = new AtomicInteger();
    private final int port;
    private HttpServer server;
    private ExecutorService threads;

    volatile boolean hasMcp;
    volatile int streamStatus = 200;
    volatile int messageStatus = 202;
    volatile String problem = "";
    volatile String retryAfter = "";
    volatile String endpoint = "/messages";
    volatile String context = "";
    volatile boolean refusesSessions;
    /** How long after the answer on the stream the reply to the message itself comes. */
    volatile Duration replyDelay = Duration.ZERO;

    InMemoryPlatform() throws IOException {
        this(0);
    }

    private InMemoryPlatform(int wanted) throws IOException {
        open(wanted);
        port = server.getAddress().getPort();
    }

    private void open(int wanted) throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.createContext(InMemoryAdmin.path(), admin::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Every message that was taken, in order, each after the number of its session. */
    List<String> heard() {
        return heard;
    }

    /** How many messages were under way at the same time, at most. */
    int mostPosts() {
        return mostPosts.get();
    }

    /** How many messages are under way. */
    int posts() {
        return posts.get();
    }

    InMemoryAdmin admin() {
        return admin;
    }

    InMemoryStreamable streamable() {
        return streamable;
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
        forgetSessions();
    }

    void start() throws IOException {
        open(port);
    }

    /** Ends all streams, as a server does that forgets its sessions. */
    void dropStreams() throws IOException {
        for (OutputStream stream : List.copyOf(streams.values())) {
            streams.values().remove(stream);
            stream.close();
        }
    }

    void forgetSessions() {
        streams.clear();
        streamable.forgetSessions();
    }

    void send(String text) throws IOException {
        for (OutputStream stream : streams.values()) {
            write(stream, text);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            refuse(exchange, 401, "{\"detail\":\"unknown key\",\"request_id\":\"r-7\"}");
        } else if (path.equals(context + "/mcp") && hasMcp && messageStatus == 202) {
            streamable.answer(exchange, new String(body, UTF_8));
        } else if (path.equals(context + "/mcp")) {
            refuse(exchange, hasMcp ? messageStatus : 404, problem);
        } else if (path.equals(context + "/sse")) {
            stream(exchange);
        } else {
            message(exchange, new String(body, UTF_8));
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (streamStatus != 200) {
            refuse(exchange, streamStatus, problem);
            return;
        }
        String session = String.valueOf(sessions.incrementAndGet());
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream;charset=UTF-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream stream = exchange.getResponseBody();
        streams.put(session, stream);
        write(stream, ": hello\n\nevent: endpoint\ndata: " + endpoint + "?sessionId=" + session + "\n\n");
    }

    private void message(HttpExchange exchange, String body) throws IOException {
        String session = exchange.getRequestURI().getQuery().replace("sessionId=", "");
        if (messageStatus != 202) {
            refuse(exchange, messageStatus, problem);
            return;
        }
        OutputStream stream = streams.get(session);
        if (stream == null) {
            refuse(exchange, 404, "{\"detail\":\"no such session\"}");
            return;
        }
        mostPosts.accumulateAndGet(posts.incrementAndGet(), Math::max);
        heard.add(session + " " + body);
        JsonObject message = JsonParser.parseString(body).getAsJsonObject();
        if (replyDelay.isZero()) {
            posts.decrementAndGet();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            reply(stream, message);
        } else {
            reply(stream, message);
            pause();
            posts.decrementAndGet();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        }
    }

    private void pause() {
        try {
            Thread.sleep(replyDelay.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void reply(OutputStream stream, JsonObject message) throws IOException {
        if (!message.has("method") || !message.has("id")) {
            return;
        }
        String method = message.get("method").getAsString();
        if (method.equals("initialize") && refusesSessions) {
            write(stream, event(message.get("id"), "\"error\":{\"code\":-1,\"message\":\"no\"}"));
        } else if (method.equals("initialize")) {
            write(stream, event(message.get("id"), "\"result\":{\"capabilities\":{\"tools\":{\"listChanged\":true}}}"));
        } else if (!message.toString().contains("slow")) {
            write(stream, event(message.get("id"), "\"result\":{\"echo\":\"" + method + "\"}"));
        }
    }

    private static String event(JsonElement id, String rest) {
        return "event: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":" + id + "," + rest + "}\n\n";
    }

    private void refuse(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        }
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

    @Override
    public void close() {
        stop();
    }
}
