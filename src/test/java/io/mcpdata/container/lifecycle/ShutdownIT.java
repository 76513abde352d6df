package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SIGTERM: what runs ends well, what is new is told to come back, and the server is gone in time. */
final class ShutdownIT {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long WANTED_MILLIS = 6_000;

    @Test
    void runningCallsFinishNewOnesAreTurnedAwayAndStreamsAreToldWhenToComeBack() throws Exception {
        Platform platform = Platform.start(
                Platform.Options.standard().withYaml(Platform.standardYaml().replace("timeout: 2s", "timeout: 20s")));
        try (platform) {
            Web web = new Web(platform);
            McpConversation busy = McpConversation.begin(web, platform.key("analyst"));
            EventStream idle = web.open(platform.key("viewer"));
            idle.endpoint();
            String slow = queryThatTakes(busy, WANTED_MILLIS);

            int call = busy.begin(
                    "tools/call",
                    McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", slow)));
            Thread.sleep(500);
            long signalled = System.nanoTime();
            platform.server().terminate();
            Thread.sleep(500);

            assertTurnedAway(web.get("/api/v1/whoami", platform.key("viewer")));
            assertTurnedAway(web.get("/sse", platform.key("viewer")));
            assertTurnedAway(busy.send("{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}"));
            assertTurnedAway(web.get("/readyz"));
            assertThat(web.get("/healthz").status()).isEqualTo(200);
            JsonObject answer = busy.stream().answer(call);
            assertThat(answer.getJsonObject("result").getBoolean("isError", false))
                    .isFalse();
            assertToldToComeBack(busy.stream());
            assertToldToComeBack(idle);
            assertThat(platform.server().awaitExit(LONGEST.minusNanos(System.nanoTime() - signalled)))
                    .as("the server has ended within " + LONGEST)
                    .isTrue();
            System.out.printf(
                    "%s ended %d ms after SIGTERM, a running call included%n",
                    platform.server().name(), (System.nanoTime() - signalled) / 1_000_000);
        }
        assertThat(StoredRows.count(platform.dataDirectory(), "type = 'STREAM_CLOSE' AND category = 'shutdown'"))
                .isEqualTo(2);
    }

    private static void assertTurnedAway(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private static void assertToldToComeBack(EventStream stream) {
        Event last = stream.next("shutdown");
        assertThat(Integer.parseInt(last.retry())).isBetween(1_000, 5_000);
        assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
    }

    /** Joins as many rows as this machine needs to be busy for about so long. */
    private static String queryThatTakes(McpConversation conversation, long millis) {
        int rows = 20;
        // the first query of all waits for the warehouse to be filled
        time(conversation, rows);
        long took = time(conversation, rows);
        while (took < millis / 4) {
            rows *= 2;
            took = time(conversation, rows);
        }
        return joining((int) (rows * millis / took));
    }

    private static long time(McpConversation conversation, int rows) {
        long begin = System.nanoTime();
        int id = conversation.begin(
                "tools/call",
                McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", joining(rows))));
        JsonObject answer = conversation.stream().find("message", PATIENCE).json();
        assertThat(answer.getInt("id")).isEqualTo(id);
        assertThat(answer.containsKey("result")).isTrue();
        return Math.max(1, (System.nanoTime() - begin) / 1_000_000);
    }

    private static String joining(int rows) {
        return "SELECT COUNT(*) FROM (SELECT * FROM retail.order_lines FETCH FIRST " + rows
                + " ROWS ONLY) a, retail.order_lines b"
                + " WHERE MOD(a.quantity * b.quantity + b.order_id, 7) = 1";
    }
}
