package io.mcpdata.container.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /mcp} without sessions: revision 2026-07-28. */
@ArquillianTest
@Timeout(300)
final class StatelessIT {

    private static final String META = "io.modelcontextprotocol/";
    private static final String SLOW = "{\"connection\":\"warehouse\",\"sql\":\"SELECT COUNT(*) FROM order_lines a JOIN"
            + " order_lines b ON a.quantity < b.quantity + 100\"}";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void discoveryTellsRevisionsAndCapabilities() {
        Answer answer = client().ask(1, "server/discover", "");

        JsonObject result = answer.json().getJsonObject("result");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getJsonArray("supportedVersions").getString(0)).isEqualTo("2026-07-28");
        assertThat(result.getJsonObject("capabilities")).containsKey("tools");
        assertThat(result.getString("cacheScope")).isEqualTo("private");
        assertThat(result.getInt("ttlMs")).isPositive();
        assertThat(result.getJsonObject("_meta")
                        .getJsonObject(META + "serverInfo")
                        .getString("name"))
                .isEqualTo("container tests");
    }

    @Test
    void listAndCallNeedNoSession() {
        JsonObject list = client().ask(1, "tools/list", "").json().getJsonObject("result");
        assertThat(list.getString("resultType")).isEqualTo("complete");
        assertThat(list.getString("cacheScope")).isEqualTo("private");
        assertThat(list.getJsonArray("tools")).isNotEmpty();

        JsonObject result = client().call(2, "platform_info", "{}").json().getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getBoolean("isError")).isFalse();
        assertThat(result.getJsonObject("structuredContent")).isNotEmpty();
    }

    /** A slow call streams; the client that closes the stream cancels the call. */
    @Test
    void clientThatDisconnectsCancelsItsCall() {
        try (EventStream stream = client().stream(7, "tools/call", McpClient.call("sql_query", SLOW))) {
            assertThat(stream.answer(7).getJsonObject("result").getString("resultType"))
                    .isEqualTo("complete");
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "unknown"})
    void methodThatTheRevisionDoesNotHaveIsNotFound(String method) {
        Answer answer = client().ask(5, method, "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32601);
        assertThat(answer.json().getInt("id")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "MCP-Protocol-Version, 2025-11-25",
        "Mcp-Method, tools/list",
        "Mcp-Name, sql_query",
        "Mcp-Name, =?base64?c3FsX3F1ZXJ5?=",
        "Mcp-Name, =?base64?%%%?=",
        "Mcp-Name, =?base64?="
    })
    void headersThatDifferFromTheBodyAreRefused(String header, String value) {
        Answer answer = web.send(client().request(3, "tools/call", McpClient.call("platform_info", "{}"))
                .setHeader(header, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32020);
        assertThat(answer.json().getInt("id")).isEqualTo(3);
    }

    /** A proxy could decide by the other value. */
    @Test
    void headerWithTwoValuesIsRefused() {
        Answer answer = web.send(client().request(3, "tools/call", McpClient.call("platform_info", "{}"))
                .header("Mcp-Name", "sql_query"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32020);
    }

    @Test
    void encodedNameIsUnderstood() {
        Answer answer = web.send(client().request(3, "tools/call", McpClient.call("platform_info", "{}"))
                .setHeader("Mcp-Name", "=?base64?cGxhdGZvcm1faW5mbw==?="));

        assertThat(answer.json().getJsonObject("result").getBoolean("isError")).isFalse();
    }

    /** A client sees in what is agreed that the states of tasks are not sent. */
    @Test
    void subscriptionToTasksNeedsTheirExtension() {
        Answer answer = client().ask(6, "subscriptions/listen", "\"notifications\":{\"taskIds\":[\"t-1\"]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32021);
    }

    @Test
    void missingHeaderIsRefused() {
        McpClient bare = new McpClient(web, platform.key("analyst"), "none", java.util.Map.of())
                .with("MCP-Protocol-Version", McpClient.STATELESS);

        Answer answer = bare.ask(
                1,
                "tools/list",
                "\"_meta\":{\"" + META + "protocolVersion\":\"2026-07-28\",\"" + META + "clientCapabilities\":{}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32020);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"_meta\":{}",
                "\"_meta\":7",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}",
                "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}"
            })
    void requestWithoutItsMembersIsMalformed(String params) {
        McpClient bare = new McpClient(web, platform.key("analyst"), "none", java.util.Map.of())
                .with("MCP-Protocol-Version", McpClient.STATELESS)
                .with("Mcp-Method", "tools/list");

        Answer answer = bare.ask(9, "tools/list", params);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32602);
        assertThat(answer.json().getInt("id")).isEqualTo(9);
    }

    @Test
    void unknownRevisionIsAnsweredWithThoseThatExist() {
        McpClient future = new McpClient(web, platform.key("analyst"), "none", java.util.Map.of())
                .with("MCP-Protocol-Version", "2099-01-01")
                .with("Mcp-Method", "tools/list");

        Answer answer = future.ask(
                1,
                "tools/list",
                "\"_meta\":{\"" + META + "protocolVersion\":\"2099-01-01\",\"" + META + "clientCapabilities\":{}}");

        assertThat(answer.status()).isEqualTo(400);
        JsonObject error = answer.json().getJsonObject("error");
        assertThat(error.getInt("code")).isEqualTo(-32022);
        assertThat(error.getJsonObject("data").getString("requested")).isEqualTo("2099-01-01");
        assertThat(error.getJsonObject("data").getJsonArray("supported").getString(0))
                .isEqualTo("2026-07-28");
    }

    @Test
    void subscriptionIsAcknowledgedFirst() {
        try (EventStream stream = client().stream(
                4,
                "subscriptions/listen",
                "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":false,\"unknownChanged\":true}")) {
            JsonObject first = stream.next().json();
            assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
            JsonObject params = first.getJsonObject("params");
            assertThat(params.getJsonObject("_meta").getInt(META + "subscriptionId"))
                    .isEqualTo(4);
            assertThat(params.getJsonObject("notifications")).containsOnlyKeys("toolsListChanged");
        }
    }

    @Test
    void listenWithoutAFilterIsRefused() {
        Answer answer = client().ask(4, "subscriptions/listen", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInt("code")).isEqualTo(-32602);
    }

    private McpClient client() {
        return McpClient.stateless(web, platform.key("analyst"));
    }
}
