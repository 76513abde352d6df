package io.mcpdata.authentication.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on the loopback address, well-behaved or hostile as a test needs it. */
public final class FakeIssuer implements AutoCloseable {

    /** How a document is answered. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    public static final String DISCOVERY = "/.well-known/openid-configuration";
    public static final String KEYS = "/keys";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-issuer");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final AtomicInteger keyQuestions = new AtomicInteger();

    public FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        on(DISCOVERY, text("{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + KEYS + "\"}"));
        on(KEYS, text(TokenMint.keys().toString(false)));
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes how one document is answered, from now on. */
    public void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    public int keyQuestions() {
        return keyQuestions.get();
    }

    public static Behaviour text(String body) {
        return exchange -> send(exchange, 200, body);
    }

    public static Behaviour status(int status) {
        return exchange -> send(exchange, status, "{}");
    }

    public static Behaviour redirect(String target) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", target);
            send(exchange, 302, "");
        };
    }

    /** One byte after another with pauses, without end. */
    public static Behaviour dripping() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Megabytes without end. */
    public static Behaviour flooding() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] part = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 10_000; i++) {
                    out.write(part);
                }
            }
        };
    }

    /** Accepts the request and sends nothing. */
    public static Behaviour silent() {
        return exchange -> {
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(KEYS)) {
            keyQuestions.incrementAndGet();
        }
        behaviours.getOrDefault(path, status(404)).answer(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
