package io.mcpdata.container.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request a message answers, and by which revision it is checked. */
final class McpExchangeTest {

    private static final String TITLED =
            "{\"tools\":[{\"name\":\"ask\",\"title\":\"Ask\",\"inputSchema\":{\"type\":\"object\"}}]}";

    private final String session = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
    void sessionOfStreamableHttpHasTheRevisionOfItsInitialization(String revision) {
        McpExchange opening = McpExchange.of(post("/mcp", initialize(revision)).build());
        opening.answered(HttpHeaders.of(Map.of("Mcp-Session-Id", List.of(session)), (name, value) -> true));
        opening.received(initialized(revision));
        McpExchange listing = McpExchange.of(post("/mcp", request("tools/list"))
                .header("Mcp-Session-Id", session)
                .build());

        if (revision.equals("2025-03-26")) {
            assertThatThrownBy(() -> listing.received(result(TITLED)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the schema of MCP 2025-03-26 forbids, in answer to [tools/list]")
                    .hasMessageContaining("ListToolsResult/tools/0/title");
        } else {
            assertThatCode(() -> listing.received(result(TITLED))).doesNotThrowAnyException();
        }
    }

    @Test
    void answerOnAStreamOfTheSessionIsCheckedByItsRequest() {
        McpExchange opening =
                McpExchange.of(post("/mcp", initialize("2025-11-25")).build());
        opening.answered(HttpHeaders.of(Map.of("Mcp-Session-Id", List.of(session)), (name, value) -> true));
        opening.received(initialized("2025-11-25"));
        McpExchange stream = McpExchange.of(
                to("/mcp").header("Mcp-Session-Id", session).GET().build());
        McpExchange.of(post("/mcp", request("tools/call"))
                .header("Mcp-Session-Id", session)
                .build());

        assertThatThrownBy(() -> stream.received(result("{\"isError\":false}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CallToolResult");
    }

    @Test
    void answerOnTheStreamOfSseIsCheckedByTheRequestPostedToItsAddress() {
        McpExchange stream = McpExchange.of(to("/sse").GET().build());
        stream.endpoint("/messages?sessionId=" + session);
        McpExchange.of(
                post("/messages?sessionId=" + session, initialize("2025-06-18")).build());
        stream.received(initialized("2024-11-05"));
        McpExchange.of(
                post("/messages?sessionId=" + session, request("tools/list")).build());

        assertThatCode(() -> stream.received(result(TITLED))).doesNotThrowAnyException();
        assertThatThrownBy(() -> stream.received(result("{\"tools\":{}}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the schema of MCP 2024-11-05 forbids")
                .hasMessageContaining("ListToolsResult/tools");
    }

    @Test
    void requestOfTheRevisionWithoutSessionsIsCheckedByThatRevision() {
        McpExchange exchange = McpExchange.of(post("/mcp", request("tools/list"))
                .header("MCP-Protocol-Version", "2026-07-28")
                .build());

        assertThatThrownBy(() -> exchange.received(result("{\"tools\":[]}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("resultType")
                .hasMessageContaining("ttlMs");
    }

    @Test
    void whatIsNoMessageFails() {
        McpExchange exchange = McpExchange.of(post("/mcp", request("ping")).build());

        assertThatThrownBy(() -> exchange.received("<html>")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exchange.received("7")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exchange.received("[7]")).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/keys",
                "/.well-known/oauth-protected-resource/mcp",
                "/.well-known/oauth-protected-resource/sse"
            })
    void answersOfOtherPathsAreNotLookedAt(String path) {
        McpExchange exchange = McpExchange.of(to(path).GET().build());

        assertThatCode(() -> exchange.received("{\"keys\":[]}")).doesNotThrowAnyException();
    }

    @Test
    void checkedMessagesAreCountedByRevision() {
        long before = McpExchange.checked().getOrDefault("2025-03-26", 0L);

        McpExchange.of(post("/mcp", request("ping")).build()).received(result("{}"));

        assertThat(McpExchange.checked().get("2025-03-26")).isEqualTo(before + 1);
    }

    private static String initialize(String revision) {
        return "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + revision
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}";
    }

    private static String initialized(String revision) {
        return "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"" + revision
                + "\",\"capabilities\":{},\"serverInfo\":{\"name\":\"a\",\"version\":\"1\"}}}";
    }

    private static String request(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    private static String result(String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}";
    }

    private static HttpRequest.Builder post(String path, String body) {
        return to(path).POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:8080" + path));
    }
}
