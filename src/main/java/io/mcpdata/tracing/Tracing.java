package io.mcpdata.tracing;

import io.mcpdata.audit.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/** Converts between the platform's place in a trace and that of OpenTelemetry. */
public final class Tracing {

    private static final Logger LOG = System.getLogger(Tracing.class.getName());
    private static final String NAME = "mcp-data-platform";
    private static final boolean USABLE = isUsable(Tracing::tracer);

    private Tracing() {}

    /** Whether spans can be begun. A server may have classes of the API's incubator that fit only its own API. */
    static boolean isUsable() {
        return USABLE;
    }

    static boolean isUsable(Supplier<Tracer> tracer) {
        try {
            return tracer.get() != null;
        } catch (LinkageError e) {
            LOG.log(
                    Level.WARNING,
                    "there are no OpenTelemetry spans: the server has classes that do not fit the application's"
                            + " OpenTelemetry API: " + e);
            return false;
        }
    }

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
