package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Calls that come to no tool: what the caller is told, and that each has its audit row, unless there are so many that
 * one row tells of many. A server of its own: its limit of calls is low, and its rows are read when it is gone.
 */
final class RefusedCallsIT {

    private static final int CALLS_A_MINUTE = 30;
    private static final String SLOW =
            "SELECT COUNT(*) FROM order_lines a JOIN order_lines b ON a.quantity < b.quantity + 100";

    @Test
    void everyCallThatComesToNoToolIsToldWhyAndAudited() throws SQLException {
        try (Platform platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml()
                        .replace("limits:\n", "limits:\n  calls_per_minute: " + CALLS_A_MINUTE + "\n")))) {
            Web web = new Web(platform);
            beforeInitialize(web);
            malformed(web);
            withAnIdInUse(web);
            tooManyAMinute(web);
            flood(web);
            platform.close();

            for (String row : new String[] {
                "category = 'session_not_initialized' AND tool = 'early'",
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
            // 200 at once, and 20 for every second that the flood took
            assertThat(rows(platform, "category = 'malformed_call' AND tool = 'flood'"))
                    .isBetween(1L, 900L);
            assertThat(rows(platform, "category = 'malformed_call' AND parameters LIKE '{\"unlisted\":%'"))
                    .isPositive();
        }
    }

    private static long rows(Platform platform, String condition) throws SQLException {
        return StoredRows.count(platform.dataDirectory(), condition);
    }

    private static void beforeInitialize(Web web) {
        try (McpConversation early = McpConversation.open(web, web.platform().key("viewer"))) {
            assertThat(message(early.call("early", Map.of()))).contains("send initialize first");
        }
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
        // two sessions and two keys of one caller share what it has
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
            for (int i = 0; i < 1_000; i++) {
                viewer.send(message.formatted(1_000 + i));
            }
            Eventually.within(Duration.ofSeconds(5), "the next row tells how many there were", () -> {
                viewer.send(message.formatted(5_000));
                return web.platform().server().log().split("category=malformed_call", -1).length > 200;
            });
        }
    }

    private static String message(JsonObject answer) {
        return answer.getJsonObject("error").getString("message");
    }
}
