package io.mcpdata.container.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server with its own OpenTelemetry SDK, as the guide switches it on, and a collector. Payara Micro's is not reached. */
@ArquillianTest
@Tag("server-telemetry")
final class ServerTelemetryIT {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String PARENT = "00f067aa0ba902b7";

    /** What the server sent, a character for each byte. */
    private final Queue<String> exports = new ConcurrentLinkedQueue<>();

    private HttpServer collector() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::receive);
        collector.start();
        return collector;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream body = exchange.getRequestBody();
            boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            exports.add(new String((isZipped ? new GZIPInputStream(body) : body).readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Platform traced(HttpServer collector) {
        return Platform.start(Platform.Options.standard()
                .withExtras(List.of("opentelemetry"))
                .withEnvironment(Map.of(
                        "OTEL_SDK_DISABLED",
                        "false",
                        "OTEL_SERVICE_NAME",
                        "mcp-data-platform",
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "OTEL_METRICS_EXPORTER",
                        "none",
                        "OTEL_LOGS_EXPORTER",
                        "none",
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "200")));
    }

    /** The bytes of an id as the protocol has them. */
    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }

    @Test
    void spansOfCallsAndStatementsReachTheCollectorOfTheServer() throws IOException {
        HttpServer collector = collector();
        try (Platform platform = traced(collector)) {
            String trace = UUID.randomUUID().toString().replace("-", "");
            String literal = "l" + trace;
            McpClient client = McpClient.initialized(new Web(platform), platform.key("analyst"), "2025-11-25");

            assertThat(client.with("traceparent", "00-" + trace + "-" + PARENT + "-01")
                            .ask(
                                    7,
                                    "tools/call",
                                    McpClient.call(
                                            "sql_query",
                                            "{\"connection\":\"warehouse\",\"sql\":\"SELECT '" + literal + "' AS w\"}"))
                            .body())
                    .contains(literal);

            Eventually.within(LONGEST, "the span of the call", () -> all().contains("tools/call sql_query"));
            Eventually.within(LONGEST, "the span of the statement", () -> all().contains("query warehouse"));
            assertThat(all().contains(bytes(trace)))
                    .as("the trace of the client")
                    .isTrue();
            assertThat(all()).contains("mcp-data-platform", "gen_ai.tool.name", "h2database");
            assertThat(all()).doesNotContain(literal);
            for (String secret : platform.keys().secrets()) {
                assertThat(all().contains(secret)).as("a span has a secret").isFalse();
            }
        } finally {
            collector.stop(0);
        }
    }

    private String all() {
        return String.join("\n", exports);
    }
}
