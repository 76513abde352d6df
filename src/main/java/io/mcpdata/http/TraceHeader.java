package io.mcpdata.http;

import io.mcpdata.audit.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The header {@code traceparent} of a request (W3C Trace Context). */
final class TraceHeader {

    private static final String NAME = "traceparent";

    private TraceHeader() {}

    /** Empty if the header is absent, invalid, or there more than once. */
    static Optional<TraceContext> of(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(NAME));
        return values.size() == 1 ? TraceContext.parse(values.get(0).strip()) : Optional.empty();
    }
}
