package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Answers every request as it was told to and keeps what was asked. */
final class RecordingAdmin implements AutoCloseable {

    record Asked(String method, String path, String authorization, String body) {}

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private int status = 200;
    private String body = "{}";
    private String nextBody = "";
    private String retryAfter = "";

    RecordingAdmin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    RecordingAdmin answering(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return this;
    }

    /** Answers the second request, and every later one, with this body. */
    RecordingAdmin thenAnswering(String laterBody) {
        nextBody = laterBody;
        return this;
    }

    RecordingAdmin retryAfter(String seconds) {
        retryAfter = seconds;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String given = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                given));
        byte[] bytes = body.getBytes(UTF_8);
        if (!nextBody.isEmpty()) {
            body = nextBody;
        }
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        }
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
