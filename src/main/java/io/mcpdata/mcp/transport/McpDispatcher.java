package io.mcpdata.mcp.transport;

import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CancelledNotification;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import io.mcpdata.protocol.ListToolsRequest;
import io.mcpdata.protocol.ListToolsResult;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** The methods of MCP 2024-11-05, and when a session may use them. Answers go to the session's stream. Thread-safe. */
final class McpDispatcher {

    private static final String INITIALIZE = "initialize";
    private static final String PING = "ping";
    private static final String CALL = "tools/call";

    private final Map<String, Method> methods =
            Map.of(INITIALIZE, this::initialize, PING, this::ping, "tools/list", this::list, CALL, this::call);

    private final Greeting greeting;
    private final Tools tools;
    private final CallRunner calls;
    private final StreamAudit audit;

    McpDispatcher(Greeting greeting, Tools tools, CallRunner calls, StreamAudit audit) {
        this.greeting = greeting;
        this.tools = tools;
        this.calls = calls;
        this.audit = audit;
    }

    /** One method: its result, or empty if the answer comes later. */
    @FunctionalInterface
    private interface Method {
        Optional<JsonObject> answer(McpSession session, JsonRpcRequest request, Requester requester);
    }

    /** Takes one message of the session's caller. Returns soon; whatever goes wrong becomes an answer. */
    void dispatch(McpSession session, JsonRpcMessage message, Requester requester) {
        session.touch();
        message.deliverTo(new JsonRpcMessage.Receiver() {
            @Override
            public void request(JsonRpcRequest request) {
                answer(session, request, requester);
            }

            @Override
            public void notification(JsonRpcNotification notification) {
                notice(session, notification);
            }

            @Override
            public void response(JsonRpcResponse response) {
                // the platform asks its clients nothing, so there is nothing to match it with
            }
        });
    }

    private void answer(McpSession session, JsonRpcRequest request, Requester requester) {
        String answer = Answers.of(
                request.id(),
                requester.origin().requestId(),
                () -> method(session, request, requester)
                        .answer(session, request, requester)
                        .map(result -> JsonRpc.result(request.id(), result))
                        .orElse(""));
        if (!answer.isEmpty()) {
            session.stream().offer(StreamEvent.message(answer));
        }
    }

    private Method method(McpSession session, JsonRpcRequest request, Requester requester) {
        String name = request.method();
        if (!session.isInitialized() && !name.equals(INITIALIZE) && !name.equals(PING)) {
            if (name.equals(CALL)) {
                audit.callNotBegun(requester, tool(request), "session_not_initialized", "");
            }
            throw new ProtocolException(
                    ErrorCode.SERVER_ERROR, "the session is not initialized: send initialize first");
        }
        return Optional.ofNullable(methods.get(name))
                .orElseThrow(() -> new ProtocolException(ErrorCode.METHOD_NOT_FOUND, "this server has no such method"));
    }

    private static void notice(McpSession session, JsonRpcNotification notification) {
        // nobody answers a notification, so an unknown one is passed over
        if (notification.method().equals("notifications/cancelled")) {
            CancelledNotification.from(notification.params())
                    .ifPresent(cancelled -> session.calls().cancel(cancelled.requestId()));
        }
    }

    private Optional<JsonObject> initialize(McpSession session, JsonRpcRequest request, Requester requester) {
        InitializeRequest asked = InitializeRequest.from(request.params());
        if (!session.initialize(asked.readsStructuredContent())) {
            throw new ProtocolException(ErrorCode.INVALID_REQUEST, "the session is initialized already");
        }
        return Optional.of(greeting.result().toJson());
    }

    private Optional<JsonObject> ping(McpSession session, JsonRpcRequest request, Requester requester) {
        return Optional.of(JsonValue.EMPTY_JSON_OBJECT);
    }

    private Optional<JsonObject> list(McpSession session, JsonRpcRequest request, Requester requester) {
        if (ListToolsRequest.from(request.params()).cursor().isPresent()) {
            throw ProtocolException.invalidParams(
                    "params.cursor is not one this server gave: all tools are on one page");
        }
        return Optional.of(
                new ListToolsResult(tools.list(requester.caller())).toJson(session.readsStructuredContent()));
    }

    private Optional<JsonObject> call(McpSession session, JsonRpcRequest request, Requester requester) {
        calls.start(session, request.id(), understood(request, requester), requester);
        return Optional.empty();
    }

    private CallToolRequest understood(JsonRpcRequest request, Requester requester) {
        try {
            return CallToolRequest.from(request.params());
        } catch (ProtocolException e) {
            audit.callNotBegun(requester, tool(request), "malformed_call", "");
            throw e;
        }
    }

    private static String tool(JsonRpcRequest request) {
        return request.params().get("name") instanceof JsonString name ? name.getString() : "";
    }
}
