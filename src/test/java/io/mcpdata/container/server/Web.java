package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.conformance.McpExchange;
import io.mcpdata.container.conformance.OpenApiDocument;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Plain HTTP against a platform. Every answer is searched for every secret of the run: a leak fails any test. Every MCP
 * message must be one of the revision in use, and every answer of the REST API must be as {@code docs/openapi.yaml} says.
 */
public final class Web {

    public static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** An answer that takes longer is looked into. */
    private static final Duration LONG = Duration.ofSeconds(15);

    private final Platform platform;
    private final String baseUrl;
    private final HttpClient client;

    public Web(Platform platform) {
        this(platform, platform.server().baseUrl(), client());
    }

    private Web(Platform platform, String baseUrl, HttpClient.Builder client) {
        this.platform = platform;
        this.baseUrl = baseUrl;
        this.client = client.build();
    }

    /** Over plain HTTP, at this address of the machine. */
    public static Web plain(Platform platform, String host) {
        return new Web(platform, "http://" + host + ":" + platform.server().port(), client());
    }

    /** Over HTTPS, trusting this server's certificate alone, with the HTTP version that the server prefers. */
    public static Web secure(Platform platform, ServerCertificate certificate, String host, int port) {
        return new Web(
                platform,
                "https://" + host + ":" + port,
                client().version(HttpClient.Version.HTTP_2).sslContext(certificate.trust()));
    }

    /** Over HTTPS through a proxy of this machine, trusting its certificate alone. */
    static Web through(Platform platform, SSLContext trust, int port) {
        return new Web(platform, "https://localhost:" + port, client().sslContext(trust));
    }

    /** Over plain HTTP, offering HTTP/2 with every request, as Java's client does by default. */
    public static Web preferringHttp2(Platform platform) {
        return new Web(platform, platform.server().baseUrl(), client().version(HttpClient.Version.HTTP_2));
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    /** An answer as the client sees it. */
    public record Answer(int status, HttpResponse<String> response) {

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonObject json() {
            try (var reader = Json.createReader(new StringReader(body()))) {
                return reader.readObject();
            }
        }
    }

    public Platform platform() {
        return platform;
    }

    /** A request to a path of the application, without any credential. */
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(PATIENCE);
    }

    /** A request to an address that the platform has named. */
    public HttpRequest.Builder toAddress(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    }

    public HttpRequest.Builder to(String path, String key) {
        return to(path).header("Authorization", "Bearer " + key);
    }

    public Answer get(String path, String key) {
        return send(to(path, key));
    }

    public Answer get(String path) {
        return send(to(path));
    }

    public Answer post(String path, String key, String json) {
        return send(to(path, key).header("Content-Type", JSON).POST(BodyPublishers.ofString(json)));
    }

    /** Reads the whole answer: not for streams that open. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpRequest built = request.build();
            McpExchange exchange = McpExchange.of(built);
            HttpResponse<String> response = answer(built);
            checkForSecrets(response.headers().map() + "\n" + response.body());
            exchange.answered(response.headers());
            checkMessages(exchange, response);
            checkAgainstTheDocument(built, response);
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** If the answer takes long, the error says what the server did meanwhile. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        String meanwhile = "";
        try {
            return answer.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Diagnosis server = new Diagnosis(platform.server());
            meanwhile = "bytes on the way:\n" + server.unreadBytes() + "\nthreads:\n" + server.busyThreads();
        } catch (ExecutionException e) {
            throw failure(e.getCause(), meanwhile);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause(), meanwhile);
        }
    }

    private static IOException failure(@Nullable Throwable cause, String meanwhile) {
        IOException failure = cause instanceof IOException known ? known : new IOException(cause);
        if (!meanwhile.isEmpty()) {
            failure.addSuppressed(new IllegalStateException(meanwhile));
        }
        return failure;
    }

    /** Opens an event stream, or fails with the answer that came instead. */
    public EventStream open(HttpRequest.Builder request) {
        return EventStream.open(this, client, request.header("Accept", "text/event-stream"));
    }

    /** Opens the MCP stream of this key. */
    public EventStream open(String key) {
        return open(to("/sse", key));
    }

    /** A refusal of the server itself, or of a proxy, is no problem document. */
    private void checkAgainstTheDocument(HttpRequest request, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean isOfThePlatform = response.statusCode() < 400 || type.startsWith("application/problem+json");
        String path = request.uri().getRawPath();
        String root = URI.create(baseUrl).getRawPath();
        if (isOfThePlatform && path.startsWith(root)) {
            assertThat(OpenApiDocument.current()
                            .problems(
                                    request.method(),
                                    path.substring(root.length()),
                                    response.statusCode(),
                                    type,
                                    response.body()))
                    .as("differences from docs/openapi.yaml")
                    .isEmpty();
        }
    }

    private static void checkMessages(McpExchange exchange, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith(JSON)) {
            exchange.received(response.body());
        } else if (type.startsWith("text/event-stream")) {
            response.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .filter(data -> !data.isEmpty())
                    .forEach(exchange::received);
        }
    }

    void checkForSecrets(String text) {
        for (String secret : platform.keys().secrets()) {
            assertThat(text.contains(secret)).as("an answer shows a secret").isFalse();
        }
    }
}
