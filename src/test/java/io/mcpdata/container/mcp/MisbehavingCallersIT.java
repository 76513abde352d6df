package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hundred callers of one persona that call, open sessions and streams and send bad messages without a pause, beside a
 * caller of another persona.
 */
@ArquillianTest
@Timeout(300)
final class MisbehavingCallersIT {

    private static final int CALLERS = 100;
    private static final int CALLS = 150;
    private static final String LIMITS = "{\"streams_per_caller\":2,\"sessions_per_caller\":2,\"calls_per_caller\":2,"
            + "\"calls_per_minute\":10,\"request_bytes\":2048}";

    /** The client's threads share the processors with the server, so the good caller cannot be as fast as before. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Queue<InputStream> streams = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** A caller that misbehaves in one of four ways. */
    private record Caller(int number, String id, String key) {}

    @Test
    void hundredCallersWhoExceedEveryLimitDoNotKeepAnotherCallerWaiting() throws Exception {
        String limits = "    limits: " + LIMITS.replace("\":", ": ").replace("\"", "") + "\n";
        platform.configure(platform.originalYaml().replaceFirst("  viewer:\n", "  viewer:\n" + limits));
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Caller> callers = new ArrayList<>();
        try {
            awaitLimits(LIMITS);
            for (int i = 0; i < CALLERS; i++) {
                callers.add(newCaller(i));
            }
            goodCalls(); // the JVM compiles the code
            Duration before = percentile99(goodCalls());
            List<Future<?>> bad = new ArrayList<>();
            callers.forEach(caller -> bad.add(threads.submit(() -> misbehave(caller))));
            Eventually.within(Duration.ofSeconds(30), "every limit is exceeded", this::isEveryLimitExceeded);
            Duration during = percentile99(goodCalls());
            over = true;
            for (Future<?> one : bad) {
                one.get(60, TimeUnit.SECONDS);
            }
            System.out.printf(
                    "%s: 99 of 100 calls take at most %d ms alone, and %d ms beside %d misbehaving callers%n",
                    platform.server().name(), before.toMillis(), during.toMillis(), CALLERS);
            assertThat(during)
                    .as("what 99 of 100 good calls take")
                    .isLessThan(before.multipliedBy(10).plus(BOUND));
            assertThat(answers.keySet())
                    .as("answers that say the server is overloaded")
                    .noneMatch(this::isFault);
        } finally {
            over = true;
            threads.shutdownNow();
            System.out.println("misbehaving callers got " + new TreeMap<>(answers));
            for (InputStream stream : streams) {
                stream.close();
            }
            platform.configure(platform.originalYaml());
            callers.forEach(caller -> web.send(
                    web.to("/api/v1/keys/" + caller.id(), platform.key("admin")).DELETE()));
            awaitLimits("{}");
        }
    }

    private boolean isEveryLimitExceeded() {
        return answers.keySet()
                .containsAll(List.of(
                        "call refused",
                        "session 200",
                        "session 429",
                        "stream 429",
                        "bad message 400",
                        "bad message 413"));
    }

    private boolean isFault(String answer) {
        return answer.endsWith(" 500") || answer.endsWith(" 503");
    }

    private void misbehave(Caller caller) {
        while (!over) {
            switch (caller.number() % 4) {
                case 0 -> {
                    String answer = send(McpClient.stateless(web, caller.key())
                                    .request(1, "tools/call", McpClient.call("platform_info", "{}")))
                            .body();
                    count("call " + (answer.contains("limits.calls_per_minute") ? "refused" : "answered"));
                }
                case 1 -> count("session " + send(initialize(caller)).statusCode());
                case 2 -> openStream(caller);
                default -> {
                    badMessage(caller, "{\"jsonrpc\":");
                    badMessage(caller, "\"" + "x".repeat(3_000) + "\"");
                }
            }
        }
    }

    private HttpRequest.Builder initialize(Caller caller) {
        return new McpClient(web, caller.key(), "2025-11-25", Map.of())
                .request(
                        0,
                        "initialize",
                        "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}");
    }

    private void badMessage(Caller caller, String message) {
        HttpRequest.Builder request = web.to("/mcp", caller.key())
                .header("Content-Type", Web.JSON)
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        count("bad message " + send(request).statusCode());
    }

    /** Opens a stream and does not read it. */
    private void openStream(Caller caller) {
        try {
            HttpResponse<InputStream> response = http.send(
                    web.to("/sse", caller.key())
                            .header("Accept", "text/event-stream")
                            .build(),
                    BodyHandlers.ofInputStream());
            count("stream " + response.statusCode());
            if (response.statusCode() == 200) {
                streams.add(response.body());
            } else {
                response.body().readAllBytes();
                response.body().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, unknown -> new AtomicInteger()).incrementAndGet();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How long each call of the good caller takes. */
    private List<Duration> goodCalls() {
        McpClient client = McpClient.stateless(web, platform.key("analyst"));
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            long began = System.nanoTime();
            String answer = send(client.request(i, "tools/call", McpClient.call("platform_info", "{}")))
                    .body();
            times.add(Duration.ofNanos(System.nanoTime() - began));
            assertThat(answer).contains("\"result\"");
        }
        return times;
    }

    private static Duration percentile99(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() * 99 / 100);
    }

    private Caller newCaller(int number) {
        Answer made = web.post(
                "/api/v1/keys",
                platform.key("admin"),
                "{\"name\":\"misbehaving-" + number + "\",\"roles\":[\"viewer\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return new Caller(number, made.json().getString("key_id"), made.json().getString("key"));
    }

    private void awaitLimits(String told) {
        ViewerLimits.await(web, told, Duration.ofSeconds(20));
    }
}
