package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** A server with the OpenTelemetry agent, as the guide starts it; the agent writes its spans to the log. */
@ArquillianTest
@OnOneServer
final class OpenTelemetryIT {

    private static final String PARENT = "00f067aa0ba902b7";
    private static final String EXPORTER = "OtlpJsonLoggingSpanExporter - ";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Platform traced() {
        Platform.Options options = Platform.Options.standard()
                .withJvmOption("-javaagent:" + Objects.requireNonNull(System.getProperty("it.openTelemetryAgent")));
        for (String setting : List.of(
                "service.name=mcp-data-platform",
                "traces.exporter=logging-otlp",
                "metrics.exporter=none",
                "logs.exporter=none",
                "bsp.schedule.delay=200")) {
            options = options.withJvmOption("-Dotel." + setting);
        }
        return Platform.start(options);
    }

    /** One span, and the library that made it. */
    private record Span(String library, JsonObject json) {

        String name() {
            return json.getString("name");
        }

        boolean isOwn() {
            return library.equals("mcp-data-platform");
        }

        boolean isOf(String trace) {
            return json.getString("traceId").equals(trace);
        }

        String attribute(String key) {
            return json.getJsonArray("attributes").getValuesAs(JsonObject.class).stream()
                    .filter(each -> each.getString("key").equals(key))
                    .map(each -> each.getJsonObject("value").getString("stringValue", ""))
                    .findAny()
                    .orElse("");
        }

        /** 2 is an error. */
        int status() {
            return json.getJsonObject("status").getInt("code", 0);
        }
    }

    private static List<Span> spans(Platform platform) {
        return platform.server()
                .log()
                .lines()
                .filter(line -> line.contains(EXPORTER))
                .map(line -> line.substring(line.indexOf(EXPORTER) + EXPORTER.length()))
                .flatMap(json -> {
                    try (JsonReader reader = Json.createReader(new StringReader(json))) {
                        return reader.readObject().getJsonArray("scopeSpans").getValuesAs(JsonObject.class).stream();
                    }
                })
                .flatMap(scope -> scope.getJsonArray("spans").getValuesAs(JsonObject.class).stream()
                        .map(span -> new Span(scope.getJsonObject("scope").getString("name"), span)))
                .toList();
    }

    private static List<Span> own(Platform platform, String trace) {
        return spans(platform).stream()
                .filter(span -> span.isOwn() && span.isOf(trace))
                .toList();
    }

    private static Span await(Platform platform, String trace, String name) {
        Eventually.within(
                LONGEST,
                "a span " + name,
                () -> own(platform, trace).stream().anyMatch(span -> span.name().equals(name)));
        return own(platform, trace).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String call(String sql, String meta) {
        return McpClient.call("sql_query", "{\"connection\":\"warehouse\",\"sql\":\"" + sql + "\"}") + meta;
    }

    private static String row(Web web, Platform platform, String filter) {
        String query = "/api/v1/audit?type=tool_call&" + filter;
        Eventually.within(
                LONGEST,
                "a row",
                () -> !web.get(query, platform.key("auditor"))
                        .json()
                        .getJsonArray("rows")
                        .isEmpty());
        return web.get(query, platform.key("auditor"))
                .json()
                .getJsonArray("rows")
                .getJsonObject(0)
                .getString("trace_id");
    }

    @Test
    void callAndStatementAreSpansInTheTraceOfTheClient() {
        try (Platform platform = traced()) {
            Web web = new Web(platform);
            McpClient client = McpClient.initialized(web, platform.key("analyst"), "2025-11-25");
            String ofMessage = trace();
            String ofHeader = trace();
            String refused = trace();
            String word = "w" + trace();
            String literal = "l" + trace();

            assertThat(client.with("traceparent", "00-" + ofHeader + "-" + PARENT + "-01")
                            .ask(
                                    7,
                                    "tools/call",
                                    call(
                                            "SELECT '" + literal + "' AS w",
                                            ",\"_meta\":{\"traceparent\":\"00-" + ofMessage + "-" + PARENT + "-01\"}"))
                            .body())
                    .contains(literal);
            Span tool = await(platform, ofMessage, "tools/call sql_query");
            assertThat(tool.json().getString("parentSpanId")).isEqualTo(PARENT);
            assertThat(tool.json().getInt("kind")).as("SERVER").isEqualTo(2);
            assertThat(tool.status()).isZero();
            assertThat(tool.attribute("mcp.method.name")).isEqualTo("tools/call");
            assertThat(tool.attribute("gen_ai.tool.name")).isEqualTo("sql_query");
            assertThat(tool.attribute("gen_ai.operation.name")).isEqualTo("execute_tool");
            assertThat(tool.attribute("mcp.protocol.version")).isEqualTo("2025-11-25");
            assertThat(tool.attribute("jsonrpc.request.id")).isEqualTo("7");
            assertThat(tool.attribute("network.transport")).isEqualTo("tcp");
            assertThat(tool.attribute("error.type")).isEmpty();
            assertThat(tool.json().getJsonArray("links").toString())
                    .as("the request of HTTP")
                    .contains(ofHeader);
            Span statement = await(platform, ofMessage, "query warehouse");
            assertThat(statement.json().getString("parentSpanId"))
                    .isEqualTo(tool.json().getString("spanId"));
            assertThat(statement.json().getInt("kind")).as("CLIENT").isEqualTo(3);
            assertThat(statement.attribute("db.system.name")).isEqualTo("h2database");
            assertThat(statement.attribute("db.operation.name")).isEqualTo("query");
            assertThat(statement.attribute("db.namespace")).isEqualTo("warehouse");
            assertThat(row(web, platform, "trace_id=" + ofMessage)).isEqualTo(ofMessage);

            McpClient traced = client.with("traceparent", "00-" + refused + "-" + PARENT + "-01");
            assertThat(traced.ask(8, "tools/call", call("SELECT " + word + " FROM orders", ""))
                            .body())
                    .contains("\"isError\":true");
            Span failed = await(platform, refused, "query warehouse");
            assertThat(failed.status()).isEqualTo(2);
            assertThat(failed.attribute("error.type")).isEqualTo("sql_error");
            Span parent = await(platform, refused, "tools/call sql_query");
            assertThat(parent.status()).isEqualTo(2);
            assertThat(parent.attribute("error.type")).isEqualTo("tool_error");
            assertThat(parent.json().getString("parentSpanId"))
                    .as("the agent's span of the HTTP request")
                    .isNotEqualTo(PARENT);
            int before = own(platform, refused).size();
            assertThat(traced.ask(9, "tools/call", McpClient.call(word, "{}")).body())
                    .contains("Unknown tool");
            Eventually.within(LONGEST, "a span", () -> own(platform, refused).size() > before);
            Span unknown = own(platform, refused).stream()
                    .filter(span -> span.name().equals("tools/call"))
                    .findAny()
                    .orElseThrow();
            assertThat(unknown.attribute("error.type")).isEqualTo("-32602");
            assertThat(unknown.attribute("rpc.response.status_code")).isEqualTo("-32602");

            String alone = "w" + trace();
            assertThat(client.ask(10, "tools/call", call("SELECT '" + alone + "' AS w", ""))
                            .body())
                    .contains(alone);
            String given = row(web, platform, "text=" + alone);
            await(platform, given, "tools/call sql_query");

            try (McpConversation streamed = McpConversation.begin(web, platform.key("viewer"))) {
                assertThat(streamed.request("tools/list", JsonValue.EMPTY_JSON_OBJECT)
                                .toString())
                        .contains("platform_info");
                assertThat(streamed.stream().isOpen()).isTrue();
            }
            List<Span> spans = spans(platform);
            String exported = spans.toString();
            assertThat(exported).as("the agent's spans of JDBC included").doesNotContain(literal);
            assertThat(spans.stream().filter(Span::isOwn).toList().toString()).doesNotContain(word, alone);
            for (String secret : platform.keys().secrets()) {
                assertThat(exported.contains(secret)).as("a span has a secret").isFalse();
            }
        }
    }
}
