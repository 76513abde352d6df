package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitoring system reads at {@code /metrics}. */
@ArquillianTest
final class MetricsIT {

    private static final String METRICS = "/metrics";

    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String read() {
        Answer answer = web.get(METRICS, platform.key("admin"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Zero for a series that is not there yet. */
    private double value(String series) {
        return Pattern.compile("^" + Pattern.quote(series) + " ([0-9.eE+-]+)$", Pattern.MULTILINE)
                .matcher(read())
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void callsAndTheirDurationsAreCounted() {
        String calls =
                "mcp_calls_total{outcome=\"SUCCESS\",persona=\"analyst\",tool=\"platform_info\",type=\"TOOL_CALL\"}";
        String durations = "mcp_call_duration_seconds_count{tool=\"platform_info\",type=\"TOOL_CALL\"}";
        double before = value(calls);
        double timed = value(durations);
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            conversation.call("platform_info", Map.of());
            conversation.call("platform_info", Map.of());
            assertThat(value("mcp_sessions{kind=\"sse\"}")).isPositive();
        }
        assertThat(value(calls)).isEqualTo(before + 2);
        assertThat(value(durations)).isEqualTo(timed + 2);
    }

    @Test
    void refusalsAreCountedByReasonAndBringNoNameOfTheClient() {
        String refused = "mcp_events_total{category=\"tool_denied\",outcome=\"DENIED\",type=\"TOOL_CALL\"}";
        String wrongKeys = "mcp_events_total{category=\"unknown_key\",outcome=\"DENIED\",type=\"LOGIN_FAILURE\"}";
        double before = value(refused);
        double beforeKeys = value(wrongKeys);
        try (McpConversation conversation = McpConversation.begin(web, platform.key("viewer"))) {
            conversation.call("sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1"));
            conversation.call("tool_of_the_client_4711", Map.of());
        }
        assertThat(web.get("/api/v1/whoami", "wrong-key-that-nothing-knows-0815")
                        .status())
                .isEqualTo(401);
        assertThat(value(refused)).isEqualTo(before + 1);
        assertThat(value(wrongKeys)).isEqualTo(beforeKeys + 1);
        // the values, which are behind the last space, may have these digits
        assertThat(read().replaceAll("(?m) \\S*$", ""))
                .contains(refused)
                .doesNotContain("4711")
                .doesNotContain("0815");
    }

    @Test
    void validCredentialsAreCountedByMethodAndPersona() {
        String authenticated = "mcp_authentications_total{method=\"api_key\",persona=\"viewer\"}";
        double before = value(authenticated);
        web.get("/api/v1/whoami", platform.key("viewer"));
        assertThat(value(authenticated)).isEqualTo(before + 1);
    }

    @Test
    void refusedCredentialsAreCountedByMethod() {
        String keys = "mcp_authentication_failures_total{category=\"unknown_key\",method=\"api_key\"}";
        double before = value(keys);
        assertThat(web.get("/api/v1/whoami", "wrong-key-that-nothing-knows-1508")
                        .status())
                .isEqualTo(401);
        assertThat(value(keys)).isEqualTo(before + 1);
    }

    @Test
    void poolOfThePlatformHasItsSizeAndItsConnectionsInUse() {
        // this connection lets a statement run for 30 seconds
        String of = "{connection=\"archive\"}";
        try (McpConversation slow = McpConversation.begin(web, platform.key("admin"))) {
            int id = slow.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "archive", "sql", SLOW)));
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the connection is in use",
                    () -> value("mcp_connections_borrowed" + of) >= 1 && value("mcp_connections_open" + of) >= 1);
            assertThat(value("mcp_connections_pool_size" + of)).isEqualTo(8);
            slow.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                    + "}}");
        }
        Eventually.within(
                Duration.ofSeconds(20),
                "the connection is returned",
                () -> value("mcp_connections_borrowed" + of) == 0);
        assertThat(read()).contains("mcp_connections_waiting" + of + " 0");
    }

    @Test
    void streamsWithoutALoadHaveNothingWaiting() {
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            conversation.call("platform_info", Map.of());
            Eventually.within(
                    Duration.ofSeconds(10),
                    "everything is sent",
                    () -> read().contains("\nmcp_stream_characters_waiting 0")
                            && read().contains("\nmcp_stream_writes_waiting 0"));
        }
    }

    @Test
    void readingsOfTheConfigurationAreCountedByWhatCameOfThem() {
        String readings = "mcp_configuration_readings_total{outcome=\"";
        // the file may have been restored a moment ago, and not been read yet
        reload(200);
        double unchanged = value(readings + "unchanged\"}");
        double rejected = value(readings + "rejected\"}");
        double taken = value(readings + "taken\"}");
        assertThat(taken).as("the start").isPositive();
        reload(200);
        assertThat(value(readings + "unchanged\"}")).isGreaterThan(unchanged);
        try {
            platform.configure(platform.originalYaml() + "\nno-such-section: {}\n");
            reload(409);
            assertThat(value(readings + "rejected\"}")).isGreaterThan(rejected);
            platform.configure(platform.originalYaml() + "\naudit: {retention_days: 77}\n");
            reload(200);
            assertThat(value(readings + "taken\"}")).isGreaterThan(taken);
        } finally {
            platform.configure(platform.originalYaml());
            reload(200);
        }
    }

    private void reload(int status) {
        Answer answer =
                web.send(web.to("/api/v1/config/reload", platform.key("admin")).POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void everyAuditRowIsSoonWritten() {
        Eventually.within(Duration.ofSeconds(10), "no row waits", () -> value("mcp_audit_rows_waiting") == 0);
        assertThat(read()).contains("mcp_audit_lag_seconds ", "mcp_audit_write_failures_total ");
    }

    @Test
    void clientChoosesTheFormat() {
        Answer open = web.send(web.to(METRICS, platform.key("admin"))
                .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3"));
        assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
        Answer plain = web.send(web.to(METRICS, platform.key("admin")).header("Accept", "text/plain"));
        assertThat(plain.header("Content-Type")).startsWith("text/plain");
        assertThat(plain.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void callerWithoutThePermissionIsRefused() {
        Answer answer = web.get(METRICS, platform.key("analyst"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("detail")).contains("metrics:read");
        assertThat(web.get(METRICS).status()).isEqualTo(401);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void auditRowsAreForwardedToTheConfiguredFile(@TempDir Path directory) {
        Path file = directory.resolve("audit.jsonl");
        platform.configure(platform.originalYaml() + "\naudit: {forward: {file: '" + file + "'}}\n");
        try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
            conversation.query("SELECT COUNT(*) FROM orders WHERE status = 'forwarded-row'");
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the row of the call is a line of the file",
                    () -> lines(file)
                            .anyMatch(line -> line.startsWith("{\"id\":")
                                    && line.contains("forwarded-row")
                                    && line.endsWith("}")));
            assertThat(value("mcp_audit_forward_failures_total")).isZero();
        } finally {
            platform.configure(platform.originalYaml());
        }
    }

    @Test
    void openMetricsNeedNoCredentialAndNothingElseIsOpen() {
        assertThat(web.get(METRICS).status()).isEqualTo(401);
        try {
            platform.configure(platform.originalYaml() + "\nmetrics: {public: true}\n");
            Eventually.within(
                    Duration.ofSeconds(10),
                    "metrics are open",
                    () -> web.get(METRICS).status() == 200);
            assertThat(web.get(METRICS).body()).contains("# HELP mcp_calls_total ");
            assertThat(web.get(METRICS).header("Cache-Control")).contains("no-store");
            assertThat(web.get(METRICS, "a-key-of-no-entry").status()).isEqualTo(200);
            for (String other : List.of("/metrics/", "/metrics/x", "//metrics", "/api/v1/whoami")) {
                assertThat(web.get(other).status()).as(other).isIn(400, 401, 404);
            }
            assertThat(web.send(web.to(METRICS).POST(BodyPublishers.noBody())).status())
                    .isEqualTo(401);
            platform.configure(
                    platform.originalYaml() + "\nmetrics: {public: true, allowed_networks: [192.0.2.0/24]}\n");
            Eventually.within(
                    Duration.ofSeconds(10),
                    "metrics are closed to this network",
                    () -> web.get(METRICS).status() == 401);
            assertThat(web.get(METRICS, platform.key("admin")).status()).isEqualTo(200);
        } finally {
            platform.configure(platform.originalYaml());
        }
    }

    @Test
    void everyMetricIsInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("docs", "operate.md"));
        assertThat(Pattern.compile("^# HELP (\\S+)", Pattern.MULTILINE)
                        .matcher(read())
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }
}
