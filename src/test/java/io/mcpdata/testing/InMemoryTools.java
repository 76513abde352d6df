package io.mcpdata.testing;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.Tools;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tools that exist for those whose persona allows them, like those behind the gateway. */
public final class InMemoryTools implements Tools {

    private final Map<String, Function<Cancellation, CallToolResult>> tools = new TreeMap<>();
    private final List<AuthorizedCaller> callers = new ArrayList<>();

    public InMemoryTools() {
        tools.put("echo", cancellation -> new CallToolResult("echo", Json.readObject("{}"), false));
        tools.put("secret_tool", cancellation -> new CallToolResult("secret", Json.readObject("{}"), false));
    }

    public void add(String name, Function<Cancellation, CallToolResult> tool) {
        tools.put(name, tool);
    }

    /** Who called, in order. */
    public synchronized List<AuthorizedCaller> callers() {
        return List.copyOf(callers);
    }

    @Override
    public List<Tool> list(AuthorizedCaller caller) {
        return tools.keySet().stream()
                .filter(name -> caller.persona().tool(name).allowed())
                .map(InMemoryTools::describe)
                .toList();
    }

    @Override
    public Optional<CallToolResult> call(
            AuthorizedCaller caller,
            CallToolRequest request,
            RequestOrigin origin,
            Cancellation cancellation,
            Consumer<Supplier<CallToolResult>> late) {
        synchronized (this) {
            callers.add(caller);
        }
        Function<Cancellation, CallToolResult> tool = tools.get(request.name());
        if (tool == null || !caller.persona().tool(request.name()).allowed()) {
            throw ProtocolException.invalidParams("unknown tool");
        }
        return Optional.of(tool.apply(cancellation));
    }

    private static Tool describe(String name) {
        return new Tool(name, name, name, Json.readObject("{}"), Json.readObject("{}"), ToolAnnotations.READ_ONLY);
    }
}
