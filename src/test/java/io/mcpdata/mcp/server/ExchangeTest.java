package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The handlers over a transport that has no HTTP, no session and no stream. */
final class ExchangeTest {

    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";

    private final List<ToolInvocation> invocations = new ArrayList<>();
    private final DirectTransport transport =
            new DirectTransport(new SseFixture().caller("ann"), () -> List.of(greet()));

    @Test
    void clientInitializesListsAndCallsATool() {
        transport.post(INITIALIZE);
        transport.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
        transport.post(call(3, "{\"name\":\"Ann\"}"));

        List<JsonObject> responses = transport.responses();
        assertThat(responses).extracting(response -> response.getInt("id")).containsExactly(1, 2, 3);
        assertThat(responses.get(1).toString()).contains("\"name\":\"greet\"");
        assertThat(responses.get(2).getJsonObject("result").getJsonObject("structuredContent"))
                .isEqualTo(Json.readObject("{\"greeting\":\"Hello Ann\"}"));
        assertThat(transport.audit().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.tool()).isEqualTo("greet"));
    }

    @Test
    void argumentsAreCheckedBeforeTheToolRuns() {
        transport.post(INITIALIZE);
        transport.post(call(2, "{\"name\":7}"));

        assertThat(transport.responses().get(1).getJsonObject("error").getInt("code"))
                .isEqualTo(-32602);
        assertThat(invocations).isEmpty();
        assertThat(transport.audit().summary()).containsExactly("TOOL_CALL invalid_arguments");
    }

    @Test
    void cancelledCallIsNotAnswered() {
        transport.post(INITIALIZE);
        transport.responses();
        transport.post(call(2, "{\"name\":\"Ann\"}"));
        transport.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");

        assertThat(transport.responses()).isEmpty();
        assertThat(invocations)
                .singleElement()
                .satisfies(invocation ->
                        assertThat(invocation.cancellation().isCancelled()).isTrue());
    }

    /** A caller may run two calls at once. */
    @Test
    void answeredCallHoldsNeitherItsIdNorItsPlace() {
        transport.post(INITIALIZE);
        transport.responses();
        transport.post(call(2, "{\"name\":\"Ann\"}"));
        transport.post(call(3, "{\"name\":\"Bob\"}"));
        transport.onReply(() -> {
            transport.onReply(() -> {});
            transport.post(call(2, "{\"name\":\"Cid\"}"));
        });

        assertThat(transport.responses()).hasSize(3).allMatch(response -> response.containsKey("result"));
    }

    private static String call(int id, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"greet\",\"arguments\":" + arguments + "}}";
    }

    private ToolHandler greet() {
        return new ToolHandler() {
            @Override
            public Tool describe() {
                JsonObject input =
                        Json.readObject("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}");
                return new Tool("greet", "Greet", "Greets", input, Json.readObject("{}"), ToolAnnotations.READ_ONLY);
            }

            @Override
            public ToolResponse call(ToolInvocation invocation) {
                invocations.add(invocation);
                String greeting = "Hello " + invocation.arguments().getString("name");
                return new ToolResponse(
                        CallToolResult.structured(
                                Json.object().add("greeting", greeting).build()),
                        -1);
            }
        };
    }
}
