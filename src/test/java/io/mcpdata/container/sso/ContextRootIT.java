package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single sign-on where the WAR runs under a path, with and without a proxy in front of it. */
@ArquillianTest
final class ContextRootIT {

    private final Platform platform = MicroProfilePlatform.get();

    private final Web web = new Web(platform);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void challengeLeadsToADocumentAboutWhatTheClientAsked() {
        SsoPlatform.configure(platform);
        String base = platform.server().baseUrl();
        assertThat(base).endsWith("/data");
        WellKnown.assertChallengeLeadsHome(web, base + "/sse");
        WellKnown.assertDocument(web, base + WellKnown.METADATA, base);
        WellKnown.assertNothingElseIsThere(web);
        // what a client builds by itself lies outside the context root, where only a proxy can answer for us
        String built = platform.server().origin() + WellKnown.METADATA + "/data/sse";
        assertThat(web.send(web.toAddress(built)).status()).isEqualTo(404);
    }

    /**
     * The server's own pages outside the context root are not protected by the WAR, which protects only paths below it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi", "/metrics", "/health"})
    void nothingIsBesideTheContextRoot(String path) {
        assertThat(web.send(web.toAddress(platform.server().origin() + path)).status())
                .isEqualTo(404);
    }

    /** The rule that docs/sso.md gives for proxies. */
    @Test
    void proxyAnswersAtTheAddressThatClientsBuildByThemselves() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/data", exchange -> pass(exchange, ""));
        proxy.createContext(WellKnown.METADATA + "/data", exchange -> pass(exchange, "/data"));
        proxy.start();
        try {
            String origin = "http://127.0.0.1:" + proxy.getAddress().getPort();
            SsoPlatform.configure(platform, origin + "/data");
            WellKnown.assertChallengeLeadsHome(web, origin + "/data/sse");
            WellKnown.assertDocument(web, origin + WellKnown.METADATA + "/data/sse", origin + "/data/sse");
            WellKnown.assertDocument(web, origin + WellKnown.METADATA + "/data", origin + "/data");
        } finally {
            proxy.stop(0);
        }
    }

    private void pass(HttpExchange exchange, String before) throws IOException {
        String target = platform.server().origin() + before + exchange.getRequestURI();
        try {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(URI.create(target)).build(), BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (name.equalsIgnoreCase("WWW-Authenticate") || name.equalsIgnoreCase("Content-Type")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
