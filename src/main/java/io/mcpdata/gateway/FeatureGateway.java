package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ReadResourceRequest;
import io.mcpdata.protocol.Skill;
import io.mcpdata.protocol.Tool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The gateways to tools, resources, prompts, skills and completion, over all toolkits. Thread-safe. */
@ApplicationScoped
public class FeatureGateway implements Features {

    private final Toolkits toolkits;
    private final Pages pages;
    private final ToolGateway tools;
    private final ResourceGateway resources;
    private final SkillGateway skills;
    private final PromptGateway prompts;
    private final CompletionGateway completion;

    @Inject
    FeatureGateway(
            @Any Instance<Toolkit> toolkits,
            AuditLog audit,
            OverdueCalls overdue,
            RefusalRows refusals,
            ActiveConfiguration configuration) {
        this((Iterable<Toolkit>) toolkits, audit, overdue, refusals, Seal.ofServers(configuration, "cursors of lists"));
    }

    /** Without a timer: no call is overdue. */
    public FeatureGateway(Iterable<Toolkit> toolkits, AuditLog audit) {
        this(
                toolkits,
                audit,
                new OverdueCalls(Runnable::run),
                new RefusalRows(audit, Clock.systemUTC()),
                Seal.ofRandomKey());
    }

    private FeatureGateway(
            Iterable<Toolkit> toolkits, AuditLog audit, OverdueCalls overdue, RefusalRows refusals, Seal seal) {
        this.toolkits = new Toolkits(toolkits);
        this.pages = new Pages(seal);
        AuditedCalls calls = new AuditedCalls(audit, overdue);
        this.tools = new ToolGateway(this.toolkits::tools, calls);
        this.resources = new ResourceGateway(this.toolkits, calls, pages, refusals);
        this.skills = new SkillGateway(this.toolkits, calls, pages);
        this.prompts = new PromptGateway(this.toolkits, calls, pages);
        this.completion = new CompletionGateway(this.toolkits, calls, prompts, resources);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    FeatureGateway() {
        this.toolkits = null;
        this.pages = null;
        this.tools = null;
        this.resources = null;
        this.skills = null;
        this.prompts = null;
        this.completion = null;
    }

    void changed(@Observes ToolkitChanged change) {
        toolkits.reload();
    }

    @Override
    public ListPage listTools(AuthorizedCaller caller, PaginatedRequest request) {
        return pages.page("tools", caller, request, tools.list(caller));
    }

    @Override
    public Optional<FeatureResult> callTool(ClientCall call, CallToolRequest request) {
        return tools.call(call, request);
    }

    @Override
    public boolean isImmediate(AuthorizedCaller caller, CallToolRequest request) {
        return tools.isImmediate(caller, request);
    }

    @Override
    public List<HeaderParameter> inHeaders(AuthorizedCaller caller, String tool) {
        return tools.inHeaders(caller, tool);
    }

    @Override
    public Optional<FeatureResult> listResources(ClientCall call, PaginatedRequest request) {
        return resources.list(call, request);
    }

    @Override
    public ListPage listResourceTemplates(AuthorizedCaller caller, PaginatedRequest request) {
        return resources.templates(caller, request);
    }

    @Override
    public Optional<FeatureResult> readResource(ClientCall call, ReadResourceRequest request) {
        return resources.read(call, request);
    }

    @Override
    public void checkSubscription(AuthorizedCaller caller, RequestOrigin origin, String uri) {
        ClientCall call = new ClientCall(caller, origin, new Cancellation(), CallClient.NONE, outcome -> {});
        AuditEvent row = AuditedCalls.row(
                Type.RESOURCE_READ, call, "", "", Json.object().add("uri", uri).build());
        resources.requireForSubscription(caller, uri, row);
    }

    @Override
    public boolean mayRead(AuthorizedCaller caller, String uri) {
        return resources.mayRead(caller, uri);
    }

    @Override
    public Optional<FeatureResult> listSkills(ClientCall call, PaginatedRequest request) {
        return skills.list(call, request);
    }

    @Override
    public Optional<FeatureResult> getSkill(ClientCall call, ReadResourceRequest request) {
        return skills.get(call, request.uri());
    }

    @Override
    public Optional<FeatureResult> listDirectory(ClientCall call, DirectoryRequest request) {
        return skills.directory(call, request);
    }

    @Override
    public ListPage listPrompts(AuthorizedCaller caller, PaginatedRequest request) {
        return prompts.page(caller, request);
    }

    @Override
    public Optional<FeatureResult> getPrompt(ClientCall call, GetPromptRequest request) {
        return prompts.get(call, request);
    }

    @Override
    public Optional<FeatureResult> complete(ClientCall call, CompleteRequest request) {
        return completion.complete(call, request);
    }

    @Override
    public FeatureLists lists(AuthorizedCaller caller) {
        return new FeatureLists(
                tools.list(caller).stream().map(Tool::name).toList(),
                prompts.list(caller),
                resources.parts(caller),
                skills.visible(caller).stream().map(Skill::name).toList());
    }

    /** Whether a tool of this name exists for the persona; by the name alone if no toolkit has such a tool. */
    public AccessDecision tool(Persona persona, String name) {
        return toolkits.tools()
                .find(name)
                .map(tool -> ToolGateway.decision(persona, tool))
                .orElseGet(() -> persona.tool(name));
    }

    /** Whether a toolkit has this tool, for whichever caller. */
    public boolean hasTool(String name) {
        return toolkits.tools().find(name).isPresent();
    }

    @Override
    public long version() {
        return toolkits.version();
    }
}
