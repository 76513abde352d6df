package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Event streams behind a proxy that takes a path off the addresses of requests. */
@ArquillianTest
final class StrippedPathIT {

    private static final String PATH = "/data";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Optional<String> prefix = Optional.empty();
    private final HttpServer proxy = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void startProxy() {
        proxy.createContext(PATH + "/", this::forward);
        proxy.setExecutor(threads);
        proxy.start();
    }

    @AfterEach
    void restore() {
        proxy.stop(0);
        threads.shutdownNow();
        platform.configure(platform.originalYaml());
        Eventually.within(
                Duration.ofSeconds(5),
                "the original is in force",
                () -> !configuration().contains("public_url"));
    }

    private String origin() {
        return "http://127.0.0.1:" + proxy.getAddress().getPort();
    }

    private String configuration() {
        return web.get("/api/v1/config", platform.key("admin")).body();
    }

    private void configure(String publicUrl, String more) {
        String server = "server:\n  public_url: " + publicUrl + "\n" + more;
        platform.configure(platform.originalYaml().replaceFirst("server:\n", server));
        Eventually.within(
                Duration.ofSeconds(5),
                "the configuration is in force",
                () -> configuration().contains("\"public_url\":\"" + publicUrl + "\""));
    }

    private void forward(HttpExchange exchange) throws IOException {
        URI target = URI.create(
                platform.server().origin() + exchange.getRequestURI().toString().substring(PATH.length()));
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String name : new String[] {"Authorization", "Content-Type", "Accept"}) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        prefix.ifPresent(value -> request.header("X-Forwarded-Prefix", value));
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            try (InputStream in = answer.body();
                    OutputStream out = exchange.getResponseBody()) {
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** As a client does: at the address that the stream names, relative to its own. */
    private void assertSessionWorksAt(String messages) {
        String stream = origin() + PATH + "/sse";
        String bearer = "Bearer " + platform.key("viewer");
        try (EventStream events = web.open(web.toAddress(stream).header("Authorization", bearer))) {
            String endpoint = events.endpoint();
            assertThat(endpoint).startsWith(messages + "?sessionId=");
            URI address = URI.create(stream).resolve(endpoint);
            assertThat(web.send(web.toAddress(address.toString())
                                    .header("Authorization", bearer)
                                    .header("Content-Type", Web.JSON)
                                    .POST(BodyPublishers.ofString(PING)))
                            .status())
                    .isEqualTo(202);
            assertThat(events.answer(7).containsKey("result")).isTrue();
        }
    }

    @Test
    void messagesAreSentUnderThePathOfThePublicUrlAndTheLogWarns() {
        int before = platform.server().log().length();
        configure(origin() + PATH, "");
        assertSessionWorksAt(PATH + "/messages");
        platform.server()
                .awaitLog(
                        before,
                        "server\\.public_url has the path /data, and the application is at /: .*remove the path");
    }

    @Test
    void messagesAreSentUnderThePrefixThatATrustedProxyNames() {
        configure(origin(), "  trusted_proxies: [127.0.0.0/8]\n");
        prefix = Optional.of(PATH);
        assertSessionWorksAt(PATH + "/messages");
    }

    @Test
    void prefixOfAStrangerOrOfAnotherHostIsIgnored() {
        configure(origin(), "");
        assertEndpointIs("/messages", PATH);
        configure(origin() + PATH, "  trusted_proxies: [127.0.0.0/8]\n");
        assertEndpointIs(PATH + "/messages", "//evil.example");
    }

    private void assertEndpointIs(String messages, String named) {
        prefix = Optional.of(named);
        try (EventStream events = web.open(
                web.toAddress(origin() + PATH + "/sse").header("Authorization", "Bearer " + platform.key("viewer")))) {
            assertThat(events.endpoint()).startsWith(messages + "?sessionId=");
        }
    }
}
