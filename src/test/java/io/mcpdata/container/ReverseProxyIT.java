package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.ReverseProxy;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import io.mcpdata.testing.OnOneServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes for proxies of docs/deploy, with the real programs in front of the shared server. */
@ArquillianTest
@OnOneServer
@Timeout(120)
final class ReverseProxyIT {

    private static final String JSON = "Content-Type: application/json";
    private static final String BOTH = "Accept: application/json, text/event-stream";
    private static final String ELSEWHERE = "127.0.0.9";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"curl\",\"version\":\"1\"}}}";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @AfterEach
    void restore() {
        inForce("container tests", platform.originalYaml());
    }

    /** The answers come at once: a proxy that buffered the stream would send nothing until its end. */
    @ParameterizedTest
    @EnumSource
    void streamsAndPostsGoThroughAndTheQueryIsNotInTheLog(ReverseProxy.Kind kind) throws Exception {
        try (ReverseProxy proxy = inFront(kind)) {
            Process stream = curl(proxy, "/sse?api_key=" + platform.key("viewer"));
            try (BufferedReader events = stream.inputReader(StandardCharsets.UTF_8)) {
                String endpoint = await(events, "data: /messages").substring("data: ".length());
                String key = bearer("viewer");
                assertThat(answer(proxy, endpoint, "-H", key, "-H", JSON, "-d", INITIALIZE.formatted("2024-11-05")))
                        .endsWith("202");
                assertThat(await(events, "data: {")).contains("\"protocolVersion\":\"2024-11-05\"");
                await(events, ":");
            } finally {
                stream.destroy();
            }
            assertThat(answer(
                            proxy,
                            "/mcp",
                            "-H",
                            bearer("analyst"),
                            "-H",
                            JSON,
                            "-H",
                            BOTH,
                            "-d",
                            INITIALIZE.formatted("2025-11-25")))
                    .contains("\"protocolVersion\":\"2025-11-25\"")
                    .endsWith("200");
            assertThat(answer(proxy, "/mcp", "-H", JSON, "-H", BOTH, "-d", "{}"))
                    .endsWith("401");
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the requests are logged",
                    () -> proxy.log().contains("/sse ") && proxy.log().contains("/mcp 200"));
            assertThat(proxy.log().contains(platform.key("viewer")))
                    .as("the proxy's log shows a key")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void queryIsNotInTheLogWhenThePlatformIsDown(ReverseProxy.Kind kind) throws Exception {
        assumeTrue(kind.isInstalled(), kind + " is installed, as .ci/run does");
        String key = Keys.random();
        try (ReverseProxy proxy = ReverseProxy.start(kind, FreePort.next())) {
            assertThat(answer(proxy, "/sse?api_key=" + key)).containsPattern("50[23]$");
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the request is logged",
                    () -> proxy.log().contains("/sse 50"));
            assertThat(proxy.log().contains(key))
                    .as("the proxy's log shows a key")
                    .isFalse();
        }
    }

    /** The key is bound to another address of this machine, from which the client connects to the proxy. */
    @ParameterizedTest
    @EnumSource
    void platformSeesTheAddressOfTheClientAndNotWhatItClaims(ReverseProxy.Kind kind) throws Exception {
        try (ReverseProxy proxy = inFront(kind)) {
            String key = bearer("elsewhere");
            String claim = "X-Forwarded-For: " + ELSEWHERE;
            assertThat(answer(proxy, "/api/v1/whoami", "-H", key, "--interface", ELSEWHERE))
                    .endsWith("200");
            assertThat(answer(proxy, "/api/v1/whoami", "-H", key)).endsWith("401");
            assertThat(answer(proxy, "/api/v1/whoami", "-H", key, "-H", claim)).endsWith("401");
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherNamesAndMalformedRequestsAreRefusedByTheProxy(ReverseProxy.Kind kind) throws Exception {
        try (ReverseProxy proxy = inFront(kind)) {
            assertThat(answer(proxy, "/healthz", "-H", "Host: other.example.com"))
                    .endsWith("421");
            assertThat(answer(proxy, "/healthz")).contains("alive").endsWith("200");
            for (String malformed : List.of(
                    "Content-Length: 2\r\nContent-Length: 3\r\n",
                    "Content-Length : 2\r\n",
                    "Content-Length: +2\r\n",
                    "X-Header: a\rContent-Length: 2\r\n",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")) {
                assertThat(proxy.raw(
                                "POST /mcp HTTP/1.1\r\nHost: " + ReverseProxy.HOST + "\r\n" + malformed + "\r\nab"))
                        .as(malformed)
                        .startsWith("HTTP/1.1 400 ");
            }
        }
    }

    private ReverseProxy inFront(ReverseProxy.Kind kind) {
        assumeTrue(kind.isInstalled(), kind + " is installed, as .ci/run does");
        String name = "behind " + kind;
        inForce(
                name,
                platform.originalYaml()
                        .replace(
                                "name: container tests",
                                "name: " + name + "\n  public_url: https://" + ReverseProxy.HOST
                                        + "\n  trusted_proxies: [127.0.0.1]")
                        .replace("[192.0.2.0/24]", "[" + ELSEWHERE + "]"));
        return ReverseProxy.start(kind, platform.server().port());
    }

    private void inForce(String name, String yaml) {
        platform.configure(yaml);
        Eventually.within(
                Duration.ofSeconds(10),
                "the configuration is in force",
                () -> web.get("/api/v1/whoami").header("WWW-Authenticate").contains("realm=\"" + name + "\""));
    }

    private String bearer(String name) {
        return "Authorization: Bearer " + platform.key(name);
    }

    private static Process curl(ReverseProxy proxy, String path, String... arguments) throws IOException {
        return new ProcessBuilder(proxy.curl(path, List.of(arguments)))
                .redirectErrorStream(true)
                .start();
    }

    /** The body, and the status in a line behind it. */
    private static String answer(ReverseProxy proxy, String path, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-w", "\n%{http_code}"));
        Process curl = curl(proxy, path, all.toArray(String[]::new));
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String await(BufferedReader events, String begin) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith(begin)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before a line that begins with " + begin);
    }
}
