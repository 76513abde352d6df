package io.mcpdata.http;

import io.mcpdata.audit.TraceContext;
import io.mcpdata.tracing.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The trace of a request: that of an agent's span around the request, which continues the one of the header; without an
 * agent the one that the header {@code traceparent} names (W3C Trace Context).
 */
final class RequestTrace {

    private static final String HEADER = "traceparent";

    private RequestTrace() {}

    /** Empty if there is no span, and the header is absent, invalid, or there more than once. */
    static Optional<TraceContext> of(HttpServletRequest request) {
        return Tracing.current().or(() -> header(request));
    }

    private static Optional<TraceContext> header(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HEADER));
        return values.size() == 1 ? TraceContext.parse(values.get(0).strip()) : Optional.empty();
    }
}
