package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Calls that reach no tool, and refused requests of callers with a valid key: the answer to the caller, and one audit
 * row each, unless there are so many that one row reports many. The rows are read after the server has ended.
 */
@ArquillianTest
@OnOneServer
@Order(5)
final class RefusedCallsIT {

    private static final int CALLS_A_MINUTE = 30;
    private static final int STREAMS = 5;
    private static final int FLOOD = 500;
    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    private final Instant begin = Instant.now();

    @Test
    void everyCallThatComesToNoToolIsToldWhyAndAudited() throws SQLException {
        try (Platform platform = SecondPlatform.with(Platform.standardYaml()
                .replace("streams_per_caller: 200", "streams_per_caller: " + STREAMS)
                .replace("limits:\n", "limits:\n  calls_per_minute: " + CALLS_A_MINUTE + "\n"))) {
            Web web = new Web(platform);
            malformed(web);
            withAnIdInUse(web);
            tooManyAMinute(web);
            floodOfRefusedRequests(web);
            flood(web);
            platform.close();

            for (String row : new String[] {
                "category = 'malformed_call' AND tool = 'crooked'",
                "category = 'request_id_in_use' AND tool = 'sql_query'",
                "category = 'too_many_calls_a_minute' AND rule = 'limits.calls_per_minute' AND tool = 'platform_info'"
            }) {
                assertThat(rows(
                                platform,
                                "type = 'TOOL_CALL' AND outcome = 'DENIED' AND credential_id <> '' AND " + row))
                        .as(row)
                        .isPositive();
            }
            assertThat(rows(platform, "type = 'ACCESS_DENIED' AND category = 'malformed_message'"))
                    .isEqualTo(1);
            assertThat(rows(platform, "type = 'ACCESS_DENIED' AND category = 'message_too_large'"))
                    .isEqualTo(1);
            assertSummedUp(platform, "type = 'TOOL_CALL' AND category = 'malformed_call' AND tool <> 'crooked'", FLOOD);
            assertSummedUp(platform, "type = 'ACCESS_DENIED' AND category = 'permission_missing'", FLOOD);
            assertSummedUp(platform, "type = 'KEY_CHANGE' AND category = 'key_unknown'", FLOOD);
            assertSummedUp(platform, "type = 'ACCESS_DENIED' AND category = 'session_of_another'", FLOOD);
            assertSummedUp(platform, "type = 'STREAM_OPEN' AND category = 'too_many_streams'", FLOOD);
        }
    }

    /** Twenty rows at once and twenty a minute, one sum every ten seconds, and every refusal counted in one of them. */
    private void assertSummedUp(Platform platform, String condition, long refusals) throws SQLException {
        String sums = condition + " AND parameters LIKE '{\"unlisted\":%' AND identity LIKE 'api_key:____________'";
        String single = condition + " AND parameters NOT LIKE '{\"unlisted\":%'";
        assertThat(rows(platform, condition)).as(condition).isBetween(21L, 120L);
        assertThat(rows(platform, single)
                        + StoredRows.number(platform.dataDirectory(), "SUM(row_count)", sums + StoredRows.since(begin)))
                .as(condition)
                .isEqualTo(refusals);
    }

    private long rows(Platform platform, String condition) throws SQLException {
        return StoredRows.count(platform.dataDirectory(), condition + StoredRows.since(begin));
    }

    private static void malformed(Web web) {
        try (McpConversation viewer = McpConversation.begin(web, web.platform().key("viewer"))) {
            JsonObject crooked = Json.createObjectBuilder()
                    .add("name", "crooked")
                    .add("arguments", JsonValue.EMPTY_JSON_ARRAY)
                    .build();
            assertThat(message(viewer.request("tools/call", crooked))).contains("params.arguments");
            assertThat(viewer.send("{\"jsonrpc\":").status()).isEqualTo(400);
            assertThat(viewer.send("\"" + "x".repeat(70_000) + "\"").status()).isEqualTo(413);
        }
    }

    private static void withAnIdInUse(Web web) {
        try (McpConversation analyst = McpConversation.begin(web, web.platform().key("analyst"))) {
            JsonObject slow = McpConversation.callParams("sql_query", Map.of("connection", "warehouse", "sql", SLOW));
            int id = analyst.begin("tools/call", slow);
            String again = Json.createObjectBuilder()
                    .add("jsonrpc", "2.0")
                    .add("id", id)
                    .add("method", "tools/call")
                    .add("params", slow)
                    .build()
                    .toString();
            assertThat(analyst.send(again).status()).isEqualTo(202);
            assertThat(message(analyst.stream().answer(id))).contains("still running in this session");
        }
    }

    private static void tooManyAMinute(Web web) {
        // two sessions and two keys of one caller share its limit
        try (McpConversation one = McpConversation.begin(web, web.platform().key("analyst"));
                McpConversation other =
                        McpConversation.begin(web, web.platform().key("analyst-next"))) {
            int answered = 0;
            JsonObject answer = one.call("platform_info", Map.of());
            while (answer.containsKey("result") && answered < 3 * CALLS_A_MINUTE) {
                answered++;
                answer = (answered % 2 == 0 ? one : other).call("platform_info", Map.of());
            }
            assertThat(answered).isBetween(CALLS_A_MINUTE - 5, 2 * CALLS_A_MINUTE);
            assertThat(message(answer))
                    .containsPattern("at most " + CALLS_A_MINUTE + " of one caller a minute; try again in [1-9]\\d* s");
            try (McpConversation viewer =
                    McpConversation.begin(web, web.platform().key("viewer"))) {
                JsonObject info = McpConversation.structured(viewer.call("platform_info", Map.of()));
                assertThat(info.getJsonObject("limits").getInt("callsPerMinute"))
                        .isEqualTo(CALLS_A_MINUTE);
            }
            Eventually.within(
                    Duration.ofSeconds(20),
                    "there is a call again",
                    () -> one.call("platform_info", Map.of()).containsKey("result"));
        }
    }

    private static void flood(Web web) {
        try (McpConversation viewer = McpConversation.begin(web, web.platform().key("viewer"))) {
            String message = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"flood\","
                    + "\"arguments\":1}}";
            for (int i = 0; i < FLOOD; i++) {
                viewer.send(message.formatted(1_000 + i));
            }
            String analyst = web.platform().key("analyst");
            String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
            for (int i = 0; i < FLOOD; i++) {
                assertThat(web.post(viewer.endpoint(), analyst, ping).status()).isEqualTo(404);
            }
        }
    }

    /** Refusals of callers with a valid key; each costs its caller nothing. */
    private static void floodOfRefusedRequests(Web web) {
        String viewer = web.platform().key("viewer");
        String admin = web.platform().key("admin");
        for (int i = 0; i < FLOOD; i++) {
            assertThat(web.get("/api/v1/keys", viewer).status()).isEqualTo(403);
            String unknown = "/api/v1/keys/%012x".formatted(i);
            assertThat(web.send(web.to(unknown, admin).DELETE()).status()).isEqualTo(404);
        }
        String holder = web.post("/api/v1/keys", admin, "{\"name\":\"holder\",\"roles\":[\"viewer\"]}")
                .json()
                .getString("key");
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                streams.add(web.open(holder));
            }
            for (int i = 0; i < FLOOD; i++) {
                assertThat(web.get("/sse", holder).status()).isEqualTo(429);
            }
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    private static String message(JsonObject answer) {
        return answer.getJsonObject("error").getString("message");
    }
}
