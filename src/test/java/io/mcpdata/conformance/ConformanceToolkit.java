package io.mcpdata.conformance;

import io.mcpdata.gateway.PromptHandler;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.gateway.ToolkitChanged;
import io.mcpdata.protocol.CallToolResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the suite calls, and two tools that change the lists. Thread-safe. */
@ApplicationScoped
public class ConformanceToolkit implements Toolkit {

    private static final ToolHandler EXTRA_TOOL =
            FixtureTool.of("test_extra_tool", call -> CallToolResult.text("This tool comes and goes."));
    private static final PromptHandler EXTRA_PROMPT =
            FixturePrompt.simple("test_extra_prompt", "This prompt comes and goes.");

    private final AtomicInteger toolChanges = new AtomicInteger();
    private final AtomicInteger promptChanges = new AtomicInteger();

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container
    Event<ToolkitChanged> changed;

    @Override
    public List<ToolHandler> tools() {
        return Stream.of(
                        ContentTools.all(),
                        NotifyingTools.all(),
                        AskingTools.all(),
                        TaskTools.all(),
                        List.<ToolHandler>of(
                                FixtureTool.of("test_trigger_tool_change", call -> change(toolChanges)),
                                FixtureTool.of("test_trigger_prompt_change", call -> change(promptChanges))),
                        isThere(toolChanges) ? List.of(EXTRA_TOOL) : List.<ToolHandler>of())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<ResourceHandler> resources() {
        return List.of(new FixtureResources());
    }

    @Override
    public List<PromptHandler> prompts() {
        return Stream.concat(
                        FixturePrompt.all().stream(), isThere(promptChanges) ? Stream.of(EXTRA_PROMPT) : Stream.empty())
                .toList();
    }

    private CallToolResult change(AtomicInteger changes) {
        changes.incrementAndGet();
        changed.fire(new ToolkitChanged());
        return CallToolResult.text("The list has changed.");
    }

    private static boolean isThere(AtomicInteger changes) {
        return changes.get() % 2 == 1;
    }
}
