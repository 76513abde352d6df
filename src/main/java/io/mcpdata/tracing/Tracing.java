package io.mcpdata.tracing;

import io.mcpdata.audit.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import java.util.Optional;

/** Converts between the platform's place in a trace and that of OpenTelemetry. */
public final class Tracing {

    private static final String NAME = "mcp-data-platform";

    private Tracing() {}

    /** The place of the span that is current on this thread, such as an agent's span of the HTTP request. */
    public static Optional<TraceContext> current() {
        return place(Span.current());
    }

    /** Empty if there is no trace. */
    static Optional<TraceContext> place(Span span) {
        SpanContext place = span.getSpanContext();
        return place.isValid()
                ? Optional.of(new TraceContext(
                        place.getTraceId(),
                        place.getSpanId(),
                        place.getTraceFlags().asHex()))
                : Optional.empty();
    }

    /** The span of another process. */
    static Span remote(TraceContext place) {
        return Span.wrap(SpanContext.createFromRemoteParent(
                place.traceId(), place.parentId(), TraceFlags.fromHex(place.flags(), 0), TraceState.getDefault()));
    }

    /** That of the SDK, which an agent has set before the application began; without one its spans do nothing. */
    static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer(NAME);
    }
}
