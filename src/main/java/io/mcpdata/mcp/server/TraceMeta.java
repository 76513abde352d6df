package io.mcpdata.mcp.server;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.TraceContext;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;

/** The member {@code _meta.traceparent} of a request, which wins over the header of the HTTP request. */
final class TraceMeta {

    private TraceMeta() {}

    /** Where the request came from, in the trace that its message names; an invalid one is ignored. */
    static RequestOrigin origin(Requester requester, JsonRpcRequest request) {
        Optional<TraceContext> named = request.params().get("_meta") instanceof JsonObject meta
                        && meta.get("traceparent") instanceof JsonString text
                ? TraceContext.parse(text.getString())
                : Optional.empty();
        return requester.origin().within(named);
    }
}
