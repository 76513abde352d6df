package io.mcpdata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Stands in for Payara Micro with the WAR where the demo starts it. Comments of the configuration say what it does:
 * {@code # warning:}, {@code # connection:}, {@code # taken}.
 */
final class DemoServerStub {

    private static final Map<String, String> PERSONAS = Map.of(
            "API_KEY_ANALYST",
            "analyst",
            "API_KEY_GERMANY",
            "germany",
            "API_KEY_READONLY",
            "viewer",
            "API_KEY_ADMIN",
            "admin");

    private final String config;
    private final AtomicInteger asked = new AtomicInteger();

    private DemoServerStub(String config) {
        this.config = config;
    }

    @SuppressWarnings("SystemOut") // the demo reads it as the server's log
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[List.of(arguments).indexOf("--port") + 1]);
        DemoServerStub stub = new DemoServerStub(Files.readString(Path.of(System.getenv("PLATFORM_CONFIG"))));
        System.out.println("started with the data directory " + System.getenv("DATA_DIR"));
        System.out.println("JVM options " + ManagementFactory.getRuntimeMXBean().getInputArguments());
        stub.comments("warning")
                .forEach(warning -> System.out.println("[[\n  configuration warning: " + warning + "]]"));
        if (stub.config.contains("# taken")) {
            System.out.println("the platform store /x/store is in use by another server: stop that one");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", stub::answer);
        server.start();
    }

    private List<String> comments(String name) {
        return Pattern.compile("^# " + name + ": (.*)$", Pattern.MULTILINE)
                .matcher(config)
                .results()
                .map((MatchResult comment) -> comment.group(1))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asks = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        String persona = persona(exchange.getRequestHeaders().getFirst("Authorization"));
        if (path.equals("/readyz") && config.contains("# taken")) {
            send(exchange, 503, "{\"status\":\"not ready\",\"reasons\":[\"store unavailable\"]}");
        } else if (path.equals("/readyz")) {
            boolean starts = asked.incrementAndGet() < 3;
            send(exchange, starts ? 503 : 200, "{\"status\":\"not ready\",\"reasons\":[\"starting\"]}");
        } else if (persona.isEmpty()) {
            send(exchange, 401, "{}");
        } else if (path.equals("/api/v1/whoami")) {
            String permissions = persona.equals("admin") ? "\"audit:read\"" : "";
            send(
                    exchange,
                    200,
                    "{\"name\":\"x\",\"persona\":\"" + persona + "\",\"permissions\":[" + permissions + "]}");
        } else if (asks.contains("tools/list")) {
            String query = persona.equals("viewer") ? "" : ",{\"name\":\"sql_query\",\"title\":\"Query\"}";
            send(
                    exchange,
                    200,
                    "{\"tools\":[{\"name\":\"sql_list_tables\",\"title\":\"T\"}" + query
                            + "],\"_meta\":{\"serverInfo\":{\"name\":\"demo\",\"version\":\"1\"}}}");
        } else {
            String connections = String.join("\",\"", comments("connection"));
            send(
                    exchange,
                    200,
                    "{\"platform\":\"x\",\"persona\":{\"name\":\"x\",\"description\":\"Is the \\\""
                            + persona + "\\\"\"},\"connections\":["
                            + (connections.isEmpty() ? "" : "\"" + connections + "\"")
                            + "]}");
        }
    }

    private String persona(String header) {
        return PERSONAS.entrySet().stream()
                .filter(entry -> config.contains("${" + entry.getKey() + "}"))
                .filter(entry -> ("Bearer " + System.getenv(entry.getKey())).equals(header))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
