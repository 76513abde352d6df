package io.mcpdata.testing;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.gateway.FeatureLists;
import io.mcpdata.gateway.Features;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ReadResourceRequest;
import io.mcpdata.protocol.Tool;
import io.mcpdata.protocol.ToolAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Tools that exist for those whose persona allows them, like those behind the gateway. */
public final class InMemoryTools implements Features {

    private final Map<String, Function<Cancellation, CallToolResult>> tools = new TreeMap<>();
    private final List<AuthorizedCaller> callers = new ArrayList<>();

    public InMemoryTools() {
        tools.put("echo", cancellation -> CallToolResult.text("echo"));
        tools.put("secret_tool", cancellation -> CallToolResult.text("secret"));
    }

    public void add(String name, Function<Cancellation, CallToolResult> tool) {
        tools.put(name, tool);
    }

    /** Who called, in order. */
    public synchronized List<AuthorizedCaller> callers() {
        return List.copyOf(callers);
    }

    private List<Tool> list(AuthorizedCaller caller) {
        return tools.keySet().stream()
                .filter(name -> caller.persona().tool(name).allowed())
                .map(InMemoryTools::describe)
                .toList();
    }

    @Override
    public ListPage listTools(AuthorizedCaller caller, PaginatedRequest request) {
        if (request.cursor().isPresent()) {
            throw ProtocolException.invalidParams("there is one page");
        }
        return new ListPage("tools", list(caller), "");
    }

    @Override
    public Optional<FeatureResult> callTool(ClientCall call, CallToolRequest request) {
        synchronized (this) {
            callers.add(call.caller());
        }
        Function<Cancellation, CallToolResult> tool = tools.get(request.name());
        if (tool == null || !call.caller().persona().tool(request.name()).allowed()) {
            throw ProtocolException.invalidParams("unknown tool");
        }
        return Optional.of(tool.apply(call.cancellation()));
    }

    @Override
    public boolean isImmediate(AuthorizedCaller caller, CallToolRequest request) {
        return false;
    }

    @Override
    public List<HeaderParameter> inHeaders(AuthorizedCaller caller, String tool) {
        return List.of();
    }

    @Override
    public FeatureLists lists(AuthorizedCaller caller) {
        return new FeatureLists(list(caller).stream().map(Tool::name).toList(), List.of(), List.of(), List.of());
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<FeatureResult> listResources(ClientCall call, PaginatedRequest request) {
        return Optional.of(new ListPage("resources", List.of(), ""));
    }

    @Override
    public ListPage listResourceTemplates(AuthorizedCaller caller, PaginatedRequest request) {
        return new ListPage("resourceTemplates", List.of(), "");
    }

    @Override
    public Optional<FeatureResult> readResource(ClientCall call, ReadResourceRequest request) {
        throw ProtocolException.invalidParams("there are no resources");
    }

    @Override
    public void checkSubscription(AuthorizedCaller caller, RequestOrigin origin, String uri) {
        throw ProtocolException.invalidParams("there are no resources");
    }

    @Override
    public boolean mayRead(AuthorizedCaller caller, String uri) {
        return caller.persona().resource(uri).allowed();
    }

    @Override
    public Optional<FeatureResult> listSkills(ClientCall call, PaginatedRequest request) {
        return Optional.of(new ListPage("skills", List.of(), ""));
    }

    @Override
    public Optional<FeatureResult> getSkill(ClientCall call, ReadResourceRequest request) {
        throw ProtocolException.invalidParams("there are no skills");
    }

    @Override
    public Optional<FeatureResult> listDirectory(ClientCall call, DirectoryRequest request) {
        throw ProtocolException.invalidParams("there are no skills");
    }

    @Override
    public ListPage listPrompts(AuthorizedCaller caller, PaginatedRequest request) {
        return new ListPage("prompts", List.of(), "");
    }

    @Override
    public Optional<FeatureResult> getPrompt(ClientCall call, GetPromptRequest request) {
        throw ProtocolException.invalidParams("there are no prompts");
    }

    @Override
    public Optional<FeatureResult> complete(ClientCall call, CompleteRequest request) {
        throw ProtocolException.invalidParams("there is nothing to complete");
    }

    private static Tool describe(String name) {
        return new Tool(name, name, name, Json.readObject("{}"), Json.readObject("{}"), ToolAnnotations.READ_ONLY);
    }
}
