package io.mcpdata.audit;

import java.util.Optional;

/**
 * Where a request came from, for its audit rows.
 *
 * @param clientAddress the client's address, behind trusted proxies the one they report
 * @param userAgent empty if the client gave none
 * @param trace the trace that the client named, or that an agent of the server began
 */
public record RequestOrigin(String requestId, String clientAddress, String userAgent, Optional<TraceContext> trace) {

    private static final int LONGEST_AGENT = 256;

    public RequestOrigin {
        userAgent = userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
    }

    /** A request without a trace. */
    public RequestOrigin(String requestId, String clientAddress, String userAgent) {
        this(requestId, clientAddress, userAgent, Optional.empty());
    }

    /** The same request in another trace, if there is one. */
    public RequestOrigin within(Optional<TraceContext> other) {
        return other.isEmpty() ? this : new RequestOrigin(requestId, clientAddress, userAgent, other);
    }

    /** Empty if there is no trace. */
    public String traceId() {
        return trace.map(TraceContext::traceId).orElse("");
    }

    /** The id of the request, and the one of its trace if there is one, for a line of the log. */
    public String inLog() {
        return trace.map(known -> requestId + ", trace " + known.traceId()).orElse(requestId);
    }
}
