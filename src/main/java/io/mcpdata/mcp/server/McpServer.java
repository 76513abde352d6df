package io.mcpdata.mcp.server;

import io.mcpdata.gateway.Tools;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CancelledNotification;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import io.mcpdata.protocol.ListToolsRequest;
import io.mcpdata.protocol.ListToolsResult;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Optional;

/** The methods of MCP, and when a client may use them. Answers go through the exchange. Thread-safe. */
public final class McpServer {

    private static final String INITIALIZE = "initialize";
    private static final String PING = "ping";
    private static final String CALL = "tools/call";
    private static final String LATER = "";

    private final Map<String, Method> withSessions =
            Map.of(INITIALIZE, this::initialize, PING, this::ping, "tools/list", this::list, CALL, this::call);
    private final Map<String, Method> stateless =
            Map.of("server/discover", this::discover, "tools/list", this::list, CALL, this::call);

    private final InitializeHandler initialize;
    private final Tools tools;
    private final CallRunner calls;
    private final RequestRefusals refusals;
    private final Results results;

    public McpServer(InitializeHandler initialize, Tools tools, CallRunner calls, RequestRefusals refusals) {
        this.initialize = initialize;
        this.tools = tools;
        this.calls = calls;
        this.refusals = refusals;
        this.results = new Results(initialize::server);
    }

    /** One method: its response, or {@link #LATER}. */
    @FunctionalInterface
    private interface Method {
        String answer(Exchange exchange, JsonRpcRequest request);
    }

    /** Takes one message. Does not wait for tools; every error becomes a response. */
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
                // the platform sends no requests to its clients, so this response belongs to no request
            }
        });
    }

    private void answer(Exchange exchange, JsonRpcRequest request) {
        JsonRpcErrors.of(
                        request.id(),
                        exchange.requester().origin().requestId(),
                        () -> method(exchange, request).answer(exchange, request))
                .send(exchange);
    }

    private Method method(Exchange exchange, JsonRpcRequest request) {
        String name = request.method();
        if (!exchange.initialization().isDone() && !name.equals(INITIALIZE) && !name.equals(PING)) {
            if (name.equals(CALL)) {
                refusals.callNotBegun(exchange.requester(), tool(request), "session_not_initialized", "");
            }
            throw new ProtocolException(
                    ErrorCode.SERVER_ERROR, "the session is not initialized: send initialize first");
        }
        Map<String, Method> methods = exchange.initialization().revision().isStateless() ? stateless : withSessions;
        return Optional.ofNullable(methods.get(name))
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
        return results.of(exchange, request.id(), "{}");
    }

    private String list(Exchange exchange, JsonRpcRequest request) {
        if (ListToolsRequest.from(request.params()).cursor().isPresent()) {
            throw ProtocolException.invalidParams(
                    "params.cursor is not one this server gave: all tools are on one page");
        }
        ListToolsResult list =
                new ListToolsResult(tools.list(exchange.requester().caller()));
        return results.cacheable(
                exchange,
                request.id(),
                Json.write(list.toJson(exchange.initialization().client())));
    }

    private String call(Exchange exchange, JsonRpcRequest request) {
        calls.start(exchange, request.id(), understood(exchange.requester(), request), results);
        return LATER;
    }

    private CallToolRequest understood(Requester requester, JsonRpcRequest request) {
        try {
            return CallToolRequest.from(request.params());
        } catch (ProtocolException e) {
            refusals.callNotBegun(requester, tool(request), "malformed_call", "");
            throw e;
        }
    }

    private static String tool(JsonRpcRequest request) {
        return request.params().get("name") instanceof JsonString name ? name.getString() : "";
    }
}
