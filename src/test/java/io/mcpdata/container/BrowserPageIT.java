package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page in a real browser can do from another origin: everything if its origin is listed, and nothing if not. */
@ArquillianTest
final class BrowserPageIT {

    private static final Path BROWSER = Path.of(System.getProperty("it.browser", "/usr/bin/chromium"));

    /** Sends requests as a page's script would, and sends the results to the page's own server. */
    private static final String SCRIPT = """
            <!doctype html><meta charset="utf-8"><script>
            const at = "%s", key = "%s", result = {};
            const bearer = {"Authorization": "Bearer " + key};
            async function known() {
              const answer = await fetch(at + "/api/v1/whoami", {headers: bearer});
              return answer.status + " " + (await answer.json()).persona;
            }
            async function unknown() {
              const answer = await fetch(at + "/api/v1/whoami", {headers: {"X-API-Key": "a-key-of-no-entry"}});
              return answer.status + " " + answer.headers.get("WWW-Authenticate");
            }
            async function missing() {
              const answer = await fetch(at + "/no/such/place", {headers: bearer});
              return answer.status + " " + (await answer.json()).title;
            }
            async function session() {
              const made = await fetch(at + "/api/v1/stream-tickets", {method: "POST", headers: bearer});
              const events = new EventSource(at + "/sse?ticket=" + (await made.json()).ticket);
              const next = name => new Promise((resolve, reject) => {
                events.addEventListener(name, event => resolve(event.data), {once: true});
                events.onerror = reject;
              });
              const endpoint = await next("endpoint");
              const answer = next("message");
              const posted = await fetch(new URL(endpoint, at), {method: "POST",
                headers: {...bearer, "Content-Type": "application/json", "MCP-Protocol-Version": "2024-11-05"},
                body: JSON.stringify({jsonrpc: "2.0", id: 5, method: "ping"})});
              const text = posted.status + " " + JSON.parse(await answer).id;
              events.close();
              return text;
            }
            (async () => {
              for (const step of [known, unknown, missing, session]) {
                try { result[step.name] = await step(); } catch (e) { result[step.name] = "blocked"; }
              }
              await fetch("/result", {method: "POST", body: JSON.stringify(result)});
            })();
            </script>""";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final BlockingQueue<JsonObject> results = new LinkedBlockingQueue<>();
    private HttpServer pages;

    @TempDir
    Path profile;

    private @Nullable Process browser;

    @BeforeEach
    void servePage() throws IOException {
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        assumeTrue(Files.isExecutable(BROWSER), "no browser at " + BROWSER);
        pages.createContext("/", this::serve);
        pages.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        Process running = browser;
        if (running != null) {
            Stream.concat(running.descendants(), Stream.of(running.toHandle())).forEach(ProcessHandle::destroyForcibly);
            running.waitFor(10, TimeUnit.SECONDS);
        }
        pages.stop(0);
        allow("https://app.example.com");
    }

    @Test
    void listedPageUsesThePlatformFromABrowser() throws Exception {
        allow(origin());
        JsonObject result = visit();
        assertThat(result.getString("known")).isEqualTo("200 viewer");
        assertThat(result.getString("unknown")).startsWith("401 Bearer realm=").contains("invalid_token");
        assertThat(result.getString("missing")).isEqualTo("404 Not Found");
        assertThat(result.getString("session")).isEqualTo("202 5");
    }

    @Test
    void pageThatIsNotListedReadsNothing() throws Exception {
        JsonObject result = visit();
        for (String step : result.keySet()) {
            assertThat(result.getString(step)).as(step).isEqualTo("blocked");
        }
        assertThat(result).hasSize(4);
    }

    private String origin() {
        return "http://127.0.0.1:" + pages.getAddress().getPort();
    }

    private void allow(String origin) {
        platform.configure(platform.originalYaml().replace("https://app.example.com", origin));
        Eventually.within(
                Duration.ofSeconds(20),
                "the accepted pages are others",
                () -> web.send(web.to("/healthz").header("Origin", origin)).status() == 200);
    }

    private JsonObject visit() throws Exception {
        browser = new ProcessBuilder(
                        BROWSER.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--user-data-dir=" + profile,
                        origin() + "/")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile())
                .start();
        @Nullable JsonObject result = results.poll(60, TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("the page came to no end: " + Files.readString(profile.resolve("browser.log")));
        }
        return result;
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] answer = new byte[0];
        if (exchange.getRequestMethod().equals("POST")) {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try (var reader = Json.createReader(new StringReader(text))) {
                results.add(reader.readObject());
            }
        } else if (exchange.getRequestURI().getPath().equals("/")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            answer = SCRIPT.formatted(platform.server().baseUrl(), platform.key("viewer"))
                    .getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
