package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RawHttp;
import io.mcpdata.container.server.SalesDatabase;
import io.mcpdata.container.server.StackTraces;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** SIGTERM: running calls finish, new requests are told to retry, and the server ends in time. */
@ArquillianTest
@Order(9)
final class ShutdownIT {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** More than sockets and servers buffer for a client that does not read. */
    private static final int UNREAD = 700;

    private static final String ENDLESS =
            "SELECT COUNT(*) FROM retail.order_lines a, retail.order_lines b, retail.order_lines c"
                    + " WHERE MOD(a.quantity * b.quantity + c.order_id, 7) = 9";

    private static final String ENDLESS_SALES =
            "SELECT COUNT(*) FROM numbers a, numbers b, numbers c WHERE a.n + b.n + c.n < 0";

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void runningCallsFinishNewOnesAreTurnedAwayAndStreamsAreToldWhenToComeBack() throws Exception {
        Instant begin = Instant.now();
        SalesDatabase sales = SalesDatabase.start();
        Platform platform = withSales(sales, "timeout: 20s, allow_functions: [nap]");
        try (sales;
                platform) {
            Web web = new Web(platform);
            McpConversation busy = McpConversation.begin(web, platform.key("analyst"));
            EventStream idle = web.open(platform.key("viewer"));
            idle.endpoint();

            int call = busy.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "sales", "sql", "SELECT nap(6)")));
            Eventually.within(Duration.ofSeconds(20), "it runs", () -> sales.running() == 1);
            long signalled = System.nanoTime();
            platform.server().terminateEveryProcess();
            Thread.sleep(500);

            assertTurnedAway(web.get("/api/v1/whoami", platform.key("viewer")));
            assertTurnedAway(web.get("/sse", platform.key("viewer")));
            assertTurnedAway(busy.send("{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}"));
            assertTurnedAway(web.get("/readyz"));
            assertThat(web.get("/healthz").status()).isEqualTo(200);
            JsonObject answer = busy.stream().answer(call);
            assertThat(answer.getJsonObject("result").getBoolean("isError", false))
                    .as(answer.toString())
                    .isFalse();
            assertToldToComeBack(busy.stream());
            assertToldToComeBack(idle);
            assertEndsInTime(platform, signalled, "a running call included");
        }
        assertThat(StoredRows.areClosed(platform.dataDirectory())).isTrue();
        assertThat(StoredRows.count(
                        platform.dataDirectory(),
                        "type = 'STREAM_CLOSE' AND category = 'shutdown'" + StoredRows.since(begin)))
                .isEqualTo(2);
    }

    /**
     * Everything at once that could delay a server's end: without a limit it would wait for each far longer than
     * allowed.
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void neitherALongCallNorAFrozenDatabaseNorAnUnreadStreamNorAHalfSentMessageKeepsTheServerFromEnding()
            throws Exception {
        SalesDatabase sales = SalesDatabase.start();
        Platform platform = withSales(sales, "timeout: 60s");
        try (sales;
                platform) {
            Web web = new Web(platform);
            McpConversation busy = McpConversation.begin(web, platform.key("analyst"));
            EventStream idle = web.open(platform.key("viewer"));
            idle.endpoint();
            McpConversation frozen = McpConversation.begin(web, platform.key("analyst"));
            frozen.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "sales", "sql", ENDLESS_SALES)));
            Eventually.within(Duration.ofSeconds(20), "it runs", () -> sales.running() == 1);
            sales.freeze();
            try (RawStream stalled = unread(web, platform)) {
                int call = busy.begin(
                        "tools/call",
                        McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", ENDLESS)));
                try (RawHttp halfSent = halfSent(platform, busy.endpoint())) {
                    Thread.sleep(500);
                    assertThat(halfSent.isOver()).isFalse();
                    long signalled = System.nanoTime();
                    platform.server().terminate();

                    JsonObject answer = busy.stream().find("message", LONGEST).json();
                    assertThat(answer.getInt("id")).isEqualTo(call);
                    assertThat(answer.getJsonObject("result").getBoolean("isError"))
                            .isTrue();
                    assertThat(McpConversation.text(answer)).isEqualTo("The query was cancelled.");
                    assertToldToComeBack(busy.stream());
                    assertToldToComeBack(idle);
                    assertEndsInTime(platform, signalled, "with everything that could delay it");
                }
                assertThat(UnreadAnswers.in(stalled.rest()))
                        .as("answers that reached the client that read none of them")
                        .isLessThan(UNREAD);
            } finally {
                sales.thaw();
            }
        }
        assertThat(StoredRows.areClosed(platform.dataDirectory())).isTrue();
        // the unread stream may have been closed before, if the server took long to stop
        assertThat(StoredRows.count(
                        platform.dataDirectory(), "type = 'STREAM_CLOSE' AND category IN ('shutdown', 'slow_reader')"))
                .isEqualTo(4);
        assertThat(StoredRows.count(platform.dataDirectory(), "type = 'TOOL_CALL' AND category = 'cancelled'"))
                .isEqualTo(2);
        assertThat(StackTraces.ofOurs(platform.server().log())).isEmpty();
    }

    private static Platform withSales(SalesDatabase sales, String limits) throws Exception {
        return Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml()
                        .replace("timeout: 2s", "timeout: 60s")
                        .replace("connections:\n", "connections:\n  sales: {jndi: jdbc/sales, " + limits + "}\n")
                        .replace("allow: [warehouse, unreachable]", "allow: [warehouse, sales]"))
                .withEnvironment(sales.environment())
                .withExtras(List.of("data-source")));
    }

    private static RawStream unread(Web web, Platform platform) throws IOException {
        RawStream stream = RawStream.open(platform, platform.key("analyst"));
        UnreadAnswers answers = new UnreadAnswers(web, platform.key("analyst"), stream.endpoint());
        answers.initialize();
        for (int id = 1; id <= UNREAD; id++) {
            assertThat(answers.ask(id)).isEqualTo(202);
        }
        return stream;
    }

    private static RawHttp halfSent(Platform platform, String endpoint) throws IOException {
        return RawHttp.sendWithBody(
                platform.server(),
                "{\"jsonrpc\":\"2.0\",",
                "POST " + endpoint + " HTTP/1.1",
                "Authorization: Bearer " + platform.key("analyst"),
                "Content-Type: application/json",
                "Content-Length: 1000");
    }

    private static void assertEndsInTime(Platform platform, long signalled, String although) {
        assertThat(platform.server().awaitExit(LONGEST.minusNanos(System.nanoTime() - signalled)))
                .as("the server has ended within " + LONGEST)
                .isTrue();
        System.out.printf(
                "%s ended %d ms after SIGTERM, %s%n",
                platform.server().name(), (System.nanoTime() - signalled) / 1_000_000, although);
    }

    private static void assertTurnedAway(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private static void assertToldToComeBack(EventStream stream) {
        Event last = stream.find("shutdown", LONGEST);
        assertThat(Integer.parseInt(last.retry())).isBetween(8_000, 14_000);
        assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
    }
}
