package io.mcpdata.conformance;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The tools whose calls become tasks. */
final class TaskTools {

    private static final String NAME = "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}";
    private static final String SECONDS = "{\"type\": \"object\", \"properties\": {\"seconds\": {\"type\": \"number\"},"
            + " \"label\": {\"type\": \"string\"}}}";
    private static final String FILE = "{\"type\": \"object\", \"properties\": {\"filename\": {\"type\": \"string\"}}}";

    private TaskTools() {}

    static List<ToolHandler> all() {
        return List.of(
                FixtureTool.of(
                        "greet",
                        NAME,
                        call -> CallToolResult.text("Hello, " + call.arguments().getString("name", "you") + "!")),
                FixtureTool.of("slow_compute", SECONDS, TaskTools::compute),
                FixtureTool.of("failing_job", TaskTools::fail),
                FixtureTool.of("protocol_error_job", TaskTools::breakDown),
                FixtureTool.of("confirm_delete", FILE, TaskTools::confirm),
                FixtureTool.of("multi_input", TaskTools::askTwice),
                FixtureTool.of("test_tool_with_task", TaskTools::greetLater));
    }

    private static CallToolResult compute(ToolInvocation call) {
        long millis = Math.round(Optional.ofNullable(call.arguments().getJsonNumber("seconds"))
                        .map(seconds -> seconds.doubleValue())
                        .orElse(0.0)
                * 1_000);
        if (millis > 0) {
            call.client().continueAsTask();
            pause(call, millis);
        }
        return CallToolResult.text("computed " + call.arguments().getString("label", ""));
    }

    private static CallToolResult fail(ToolInvocation call) {
        call.client().requireTask();
        pause(call, 1_000);
        throw new ToolException("job_failed", "The job has failed.");
    }

    private static CallToolResult breakDown(ToolInvocation call) {
        call.client().continueAsTask();
        throw new ProtocolException(ErrorCode.INTERNAL_ERROR, "The job broke down.");
    }

    private static CallToolResult confirm(ToolInvocation call) {
        call.client().continueAsTask();
        Map<String, JsonObject> answers =
                call.client().ask(Map.of("confirm", question("Delete the file?", "confirm", "boolean")));
        return CallToolResult.text("answered: " + answers.get("confirm"));
    }

    private static CallToolResult askTwice(ToolInvocation call) {
        call.client().continueAsTask();
        Map<String, InputRequest> questions = new LinkedHashMap<>();
        questions.put("first", question("Which name?", "name", "string"));
        questions.put("second", question("Are you sure?", "confirm", "boolean"));
        return CallToolResult.text("answered: " + call.client().ask(questions));
    }

    private static CallToolResult greetLater(ToolInvocation call) {
        JsonObject answer = Optional.ofNullable(call.client()
                        .ask(Map.of("user_name", question("What is your name?", "name", "string")))
                        .get("user_name"))
                .map(result -> result.getJsonObject("content"))
                .orElse(JsonObject.EMPTY_JSON_OBJECT);
        call.client().requireTask();
        return CallToolResult.text("Hello, " + answer.getString("name", "you") + "!");
    }

    private static InputRequest question(String message, String property, String type) {
        return InputRequest.elicitation(
                message,
                Json.readObject("{\"type\": \"object\", \"properties\": {\"" + property + "\": {\"type\": \"" + type
                        + "\"}}, \"required\": [\"" + property + "\"]}"));
    }

    private static void pause(ToolInvocation call, long millis) {
        CountDownLatch cancelled = new CountDownLatch(1);
        call.cancellation().onCancel(cancelled::countDown);
        try {
            if (cancelled.await(millis, TimeUnit.MILLISECONDS)) {
                throw Cancellation.cancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelled();
        }
    }
}
