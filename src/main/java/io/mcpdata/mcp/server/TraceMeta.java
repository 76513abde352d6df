package io.mcpdata.mcp.server;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.TraceContext;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.tracing.CallSpan;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;

/** The member {@code _meta.traceparent} of a request, which wins over the header of the HTTP request. */
final class TraceMeta {

    private TraceMeta() {}

    /** Where the request came from, in the trace that its message names; an invalid one is ignored. */
    static RequestOrigin origin(Requester requester, JsonRpcRequest request) {
        return requester.origin().within(named(request));
    }

    /** Begins the span of a call. */
    static CallSpan span(Exchange exchange, JsonRpcRequest request) {
        RequestOrigin origin = exchange.requester().origin();
        String id = request.id().value() instanceof JsonString text
                ? text.getString()
                : request.id().toString();
        String revision = exchange.initialization().revision().label();
        return CallSpan.begin(
                new CallSpan.Request(request.method(), id, revision, origin.requestId()),
                named(request),
                origin.trace());
    }

    private static Optional<TraceContext> named(JsonRpcRequest request) {
        return request.params().get("_meta") instanceof JsonObject meta
                        && meta.get("traceparent") instanceof JsonString text
                ? TraceContext.parse(text.getString())
                : Optional.empty();
    }
}
