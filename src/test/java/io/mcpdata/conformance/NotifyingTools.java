package io.mcpdata.conformance;

import io.mcpdata.gateway.CallClient;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.LogLevel;
import java.time.Duration;
import java.util.List;

/** The tools that send notifications while they run, or close the connection. */
final class NotifyingTools {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration AWAY = Duration.ofMillis(500);

    private NotifyingTools() {}

    static List<ToolHandler> all() {
        return List.of(
                FixtureTool.of("test_tool_with_logging", NotifyingTools::log),
                FixtureTool.of("test_logging_tool", NotifyingTools::log),
                FixtureTool.of("test_tool_with_progress", NotifyingTools::progress),
                FixtureTool.of("test_reconnection", NotifyingTools::reconnect));
    }

    private static CallToolResult log(ToolInvocation call) {
        log(call.client(), "Tool execution started");
        pause(STEP);
        log(call.client(), "Tool processing data");
        pause(STEP);
        log(call.client(), "Tool execution completed");
        return CallToolResult.text("Three messages were sent.");
    }

    private static void log(CallClient client, String text) {
        client.log(LogLevel.INFO, "conformance", Json.string(text));
    }

    private static CallToolResult progress(ToolInvocation call) {
        call.client().progress(0, 100, "begun");
        pause(STEP);
        call.client().progress(50, 100, "half done");
        pause(STEP);
        call.client().progress(100, 100, "done");
        return CallToolResult.text("Progress was told.");
    }

    private static CallToolResult reconnect(ToolInvocation call) {
        call.client().reconnect(AWAY);
        pause(AWAY);
        return CallToolResult.text("The client has connected again.");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelled();
        }
    }
}
