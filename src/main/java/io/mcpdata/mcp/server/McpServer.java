package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.gateway.ClientCall;
import io.mcpdata.gateway.Features;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.server.CallRunner.Asked;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CancelledNotification;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.ReadResourceRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** The methods of MCP, and when a client may use them. Answers go through the exchange. Thread-safe. */
public final class McpServer {

    private static final String INITIALIZE = "initialize";
    private static final String PING = "ping";

    /** What a client may send before it has initialized (MCP, section Lifecycle). */
    private static final Set<String> BEFORE_INITIALIZE = Set.of(INITIALIZE, PING);

    private static final String LATER = "";

    /** The methods that a toolkit answers on a thread of a call. */
    private static final Map<String, Type> CALLS = Map.of(
            "tools/call", Type.TOOL_CALL,
            "resources/list", Type.RESOURCE_LIST,
            "resources/read", Type.RESOURCE_READ,
            "resources/directory/read", Type.RESOURCE_LIST,
            "prompts/get", Type.PROMPT_GET,
            "completion/complete", Type.COMPLETION,
            "skills/list", Type.SKILL_LIST,
            "skills/get", Type.SKILL_GET);

    private final Map<String, Method> withSessions = new HashMap<>();
    private final Map<String, Method> stateless = new HashMap<>();

    private final InitializeHandler initialize;
    private final Features features;
    private final CallRunner calls;
    private final RequestRefusals refusals;
    private final Results results;
    private final TaskMethods tasks;

    public McpServer(InitializeHandler initialize, Features features, CallRunner calls, RequestRefusals refusals) {
        this.initialize = initialize;
        this.features = features;
        this.calls = calls;
        this.refusals = refusals;
        this.results = new Results(initialize::server);
        this.tasks = new TaskMethods(calls.tasks(), refusals, results);
        ofAllRevisions(withSessions);
        ofAllRevisions(stateless);
        withSessions.putAll(Map.of(
                INITIALIZE,
                this::initialize,
                PING,
                this::ping,
                "logging/setLevel",
                this::setLogLevel,
                "resources/subscribe",
                this::subscribe,
                "resources/unsubscribe",
                this::unsubscribe));
        stateless.put("server/discover", this::discover);
        skills(stateless);
        tasks(stateless);
    }

    /** The methods of the extension Skills. */
    private void skills(Map<String, Method> methods) {
        methods.put("skills/list", call(PaginatedRequest::from, features::listSkills));
        methods.put("skills/get", call(ReadResourceRequest::from, features::getSkill));
        methods.put("resources/directory/read", call(DirectoryRequest::from, features::listDirectory));
    }

    /** The methods of the extension Tasks. */
    private void tasks(Map<String, Method> methods) {
        methods.put("tasks/get", tasks::get);
        methods.put("tasks/update", tasks::update);
        methods.put("tasks/cancel", tasks::cancel);
    }

    private void ofAllRevisions(Map<String, Method> methods) {
        methods.put("tools/list", page(features::listTools));
        methods.put("resources/templates/list", page(features::listResourceTemplates));
        methods.put("prompts/list", page(features::listPrompts));
        methods.put("tools/call", call(CallToolRequest::from, features::callTool, features::isImmediate));
        methods.put("resources/list", call(PaginatedRequest::from, features::listResources));
        methods.put("resources/read", call(ReadResourceRequest::from, features::readResource));
        methods.put("prompts/get", call(GetPromptRequest::from, features::getPrompt));
        methods.put("completion/complete", call(CompleteRequest::from, features::complete));
    }

    /** One method: its response, or {@link #LATER}. */
    @FunctionalInterface
    private interface Method {
        String answer(Exchange exchange, JsonRpcRequest request);
    }

    /** A method that gives a page of a list at once. */
    @FunctionalInterface
    private interface Page {
        ListPage of(AuthorizedCaller caller, PaginatedRequest request);
    }

    /** Whether the message uses a session that its client has not initialized. */
    public static boolean isWithoutInitialize(Initialization client, JsonRpcMessage message) {
        return !client.isInUse()
                && message instanceof JsonRpcRequest request
                && !BEFORE_INITIALIZE.contains(request.method());
    }

    /** The parameters that a request of Streamable HTTP repeats in headers. */
    public List<HeaderParameter> inHeaders(AuthorizedCaller caller, JsonRpcRequest request) {
        return request.method().equals("tools/call") && request.params().get("name") instanceof JsonString tool
                ? features.inHeaders(caller, tool.getString())
                : List.of();
    }

    /** Takes one message. Does not wait for toolkits; every error becomes a response. */
    public void dispatch(Exchange exchange, JsonRpcMessage message) {
        message.deliverTo(new JsonRpcMessage.Receiver() {
            @Override
            public void request(JsonRpcRequest request) {
                answer(exchange, request);
            }

            @Override
            public void notification(JsonRpcNotification notification) {
                notice(exchange, notification);
            }

            @Override
            public void response(JsonRpcResponse response) {
                exchange.requests().answer(response.id(), response.body());
            }
        });
    }

    private void answer(Exchange exchange, JsonRpcRequest request) {
        JsonRpcErrors.of(exchange, request.id(), () -> method(exchange, request).answer(exchange, request))
                .send(exchange);
    }

    /** A client that has not initialized gets the methods of the transport's revision: each request authenticates. */
    private Method method(Exchange exchange, JsonRpcRequest request) {
        ProtocolVersion revision = exchange.initialization().revision();
        Map<String, Method> methods = revision.isStateless() ? stateless : withSessions;
        return Optional.ofNullable(methods.get(request.method()))
                .orElseThrow(() -> new ProtocolException(ErrorCode.METHOD_NOT_FOUND, "this server has no such method"));
    }

    private static void notice(Exchange exchange, JsonRpcNotification notification) {
        // a notification has no answer, so an unknown one is ignored
        if (notification.method().equals("notifications/cancelled")) {
            CancelledNotification.from(notification.params())
                    .ifPresent(cancelled -> exchange.calls().cancel(cancelled.requestId()));
        }
    }

    private String initialize(Exchange exchange, JsonRpcRequest request) {
        Initialization client = exchange.initialization();
        if (!client.complete(InitializeRequest.from(request.params()))) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "the session is initialized already");
        }
        return results.of(
                exchange,
                request.id(),
                Json.write(initialize.result(client.revision()).toJson()));
    }

    private String discover(Exchange exchange, JsonRpcRequest request) {
        return results.cacheable(
                exchange, request.id(), Json.write(initialize.discovery().toJson()));
    }

    private String ping(Exchange exchange, JsonRpcRequest request) {
        return done(exchange, request);
    }

    private String setLogLevel(Exchange exchange, JsonRpcRequest request) {
        exchange.initialization().logFrom(LogLevel.from(request.params()));
        return done(exchange, request);
    }

    private String subscribe(Exchange exchange, JsonRpcRequest request) {
        String uri = ReadResourceRequest.from(request.params()).uri();
        features.checkSubscription(
                exchange.requester().caller(), exchange.requester().origin(), uri);
        if (!exchange.subscriptions().add(uri)) {
            throw new ProtocolException(
                    ErrorCode.SERVER_ERROR,
                    "too many subscriptions: at most " + ResourceSubscriptions.MOST + " in one session");
        }
        return done(exchange, request);
    }

    private String unsubscribe(Exchange exchange, JsonRpcRequest request) {
        exchange.subscriptions()
                .remove(ReadResourceRequest.from(request.params()).uri());
        return done(exchange, request);
    }

    private String done(Exchange exchange, JsonRpcRequest request) {
        return results.done(exchange, request.id());
    }

    private Method page(Page page) {
        return (exchange, request) -> results.of(
                exchange,
                request.id(),
                page.of(exchange.requester().caller(), PaginatedRequest.from(request.params())));
    }

    /**
     * A method that a toolkit answers on a thread of a call.
     *
     * @param understood reads the parameters, or throws
     */
    private <T> Method call(
            Function<JsonObject, T> understood, BiFunction<ClientCall, T, Optional<FeatureResult>> feature) {
        return call(understood, feature, (caller, asked) -> false);
    }

    private <T> Method call(
            Function<JsonObject, T> understood,
            BiFunction<ClientCall, T, Optional<FeatureResult>> feature,
            BiPredicate<AuthorizedCaller, T> immediate) {
        return (exchange, request) -> {
            T asked;
            try {
                asked = understood.apply(request.params());
            } catch (ProtocolException e) {
                refusals.callNotBegun(exchange.requester(), asked(request), "malformed_call", "");
                throw e;
            }
            boolean isImmediate = immediate.test(exchange.requester().caller(), asked);
            calls.start(exchange, asked(request), results, call -> feature.apply(call, asked), isImmediate);
            return LATER;
        };
    }

    private static Asked asked(JsonRpcRequest request) {
        Type type = CALLS.getOrDefault(request.method(), Type.TOOL_CALL);
        boolean named = type == Type.TOOL_CALL && request.params().get("name") instanceof JsonString;
        return new Asked(request, type, named ? request.params().getString("name") : "");
    }
}
