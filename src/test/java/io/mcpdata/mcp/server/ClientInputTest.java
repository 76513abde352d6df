package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool asks, tells and logs to a client of a revision with sessions. */
@Timeout(30)
final class ClientInputTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}";

    private final DirectTransport transport = new DirectTransport(new SseFixture().caller("ann"), this::tools);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"form\":{}}", "{\"form\":{},\"url\":{}}", "{\"applyDefaults\":true}"})
    void answerOfTheClientReachesTheTool(String capability) throws Exception {
        initialize("\"elicitation\":" + capability);
        transport.post(call(2, ""));

        assertThat(messages("{\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}"))
                .satisfiesExactly(
                        request -> {
                            assertThat(request.getString("method")).isEqualTo("elicitation/create");
                            assertThat(request.getJsonObject("params").getString("message"))
                                    .isEqualTo("What is your name?");
                        },
                        response -> assertThat(response.toString()).contains("\"id\":2", "Hello Ann"));
    }

    @Test
    void errorOfTheClientIsTheErrorOfTheTool() throws Exception {
        initialize("\"elicitation\":{}");
        transport.post(call(2, ""));

        assertThat(messages("{\"error\":{\"code\":-1,\"message\":\"no user\"}}")
                        .get(1)
                        .toString())
                .contains("The client did not answer the question: no user", "\"isError\":true");
        assertThat(transport.audit().summary()).containsExactly("TOOL_CALL input_refused");
    }

    @Test
    void cancelledCallDoesNotWaitForItsClient() throws Exception {
        initialize("\"elicitation\":{}");
        transport.post(call(2, ""));
        CompletableFuture<List<JsonObject>> running = CompletableFuture.supplyAsync(transport::responses);
        transport.awaitMessage();

        transport.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");

        assertThat(running.get(60, TimeUnit.SECONDS)).hasSize(1);
        assertThat(transport.audit().summary()).containsExactly("TOOL_CALL cancelled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"elicitation\":null", "\"elicitation\":{\"url\":{}}"})
    void clientWithoutTheCapabilityIsNotAsked(String capabilities) {
        initialize(capabilities);
        transport.post(call(2, ""));

        assertThat(transport.responses())
                .singleElement()
                .asString()
                .contains("This needs a client with the capability elicitation.", "\"isError\":true");
    }

    @Test
    void progressGrowsAndGoesOnlyToClientsThatWantIt() {
        initialize("");
        transport.post(call(2, ",\"_meta\":{\"progressToken\":\"p\"}").replace("\"greet\"", "\"work\""));
        assertThat(transport.responses())
                .extracting(message -> Optional.ofNullable(message.getJsonObject("params"))
                        .map(params -> String.valueOf(params.get("progress")))
                        .orElse("response"))
                .containsExactly("1.0", "2.0", "response");

        transport.post(call(3, "").replace("\"greet\"", "\"work\""));
        assertThat(transport.responses()).hasSize(1);
    }

    @Test
    void clientOfALongCallIsToldThatItRunsUntilTheToolReportsItself() {
        initialize("");
        String wait = call(2, ",\"_meta\":{\"progressToken\":\"p\"}").replace("\"greet\"", "\"wait\"");
        transport.post(wait);
        List<JsonObject> messages = transport.responses();
        transport.reportProgress();

        assertThat(messages.subList(0, messages.size() - 1))
                .extracting(message -> message.getJsonObject("params").getString("message", ""))
                .containsExactly("running for 1 s", "first step");
        assertThat(messages.get(1)
                        .getJsonObject("params")
                        .getJsonNumber("progress")
                        .doubleValue())
                .isEqualTo(2.0);
        assertThat(messages.get(1)
                        .getJsonObject("params")
                        .getJsonNumber("total")
                        .doubleValue())
                .isEqualTo(11.0);
        assertThat(transport.responses()).as("after the response").isEmpty();
    }

    @Test
    void logGoesFromTheLevelOn() {
        initialize("");
        for (String level : List.of("debug", "info", "warning", "error")) {
            transport.post("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"logging/setLevel\",\"params\":{\"level\":\""
                    + level + "\"}}");
            transport.responses();
            transport.post(call(3, "").replace("\"greet\"", "\"log\""));
            assertThat(transport.responses())
                    .extracting(message -> Optional.ofNullable(message.getJsonObject("params"))
                            .map(params -> params.getString("level"))
                            .orElse("response"))
                    .containsExactlyElementsOf(
                            switch (level) {
                                case "debug" -> List.of("debug", "warning", "response");
                                case "error" -> List.of("response");
                                default -> List.of("warning", "response");
                            });
        }
    }

    private void initialize(String capabilities) {
        transport.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-06-18\",\"capabilities\":{" + capabilities
                + "},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}");
        transport.responses();
    }

    /** Runs the call, and answers its one request; returns the request and the response. */
    private List<JsonObject> messages(String answer) throws Exception {
        CompletableFuture<List<JsonObject>> running = CompletableFuture.supplyAsync(transport::responses);
        JsonObject request = transport.awaitMessage();
        transport.post("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + "," + answer.substring(1));
        return running.get(60, TimeUnit.SECONDS);
    }

    private static String call(int id, String more) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"greet\",\"arguments\":{}" + more + "}}";
    }

    private static void pause() {
        try {
            Thread.sleep(1_050);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<ToolHandler> tools() {
        return List.of(
                tool("greet", invocation -> {
                    Map<String, JsonObject> answers = invocation
                            .client()
                            .ask(Map.of(
                                    "name", InputRequest.elicitation("What is your name?", Json.readObject(SCHEMA))));
                    JsonObject content =
                            Objects.requireNonNull(answers.get("name")).getJsonObject("content");
                    return "Hello " + content.getString("name");
                }),
                tool("work", invocation -> {
                    invocation.client().progress(1, 2, "half");
                    invocation.client().progress(1, 2, "again");
                    invocation.client().progress(2, 2, "");
                    return "done";
                }),
                tool("wait", invocation -> {
                    pause();
                    transport.reportProgress();
                    transport.reportProgress();
                    invocation.client().progress(1, 10, "first step");
                    pause();
                    transport.reportProgress();
                    return "done";
                }),
                tool("log", invocation -> {
                    invocation.client().log(LogLevel.DEBUG, "test", Json.string("fine"));
                    invocation.client().log(LogLevel.WARNING, "test", Json.string("careful"));
                    return "done";
                }));
    }

    private static ToolHandler tool(String name, Function<ToolInvocation, String> work) {
        return new ToolHandler() {
            @Override
            public Tool describe() {
                JsonObject nothing = Json.readObject("{}");
                return new Tool(
                        name, name, name, Json.readObject("{\"type\":\"object\"}"), nothing, ToolAnnotations.READ_ONLY);
            }

            @Override
            public ToolResponse call(ToolInvocation invocation) {
                return new ToolResponse(CallToolResult.text(work.apply(invocation)), -1);
            }
        };
    }
}
