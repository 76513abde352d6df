package io.mcpdata.tracing;

import io.mcpdata.audit.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Converts between the platform's place in a trace and that of OpenTelemetry. */
public final class Tracing {

    private static final Logger LOG = System.getLogger(Tracing.class.getName());
    private static final String NAME = "mcp-data-platform";
    private static volatile @Nullable Tracer ofServer;

    private Tracing() {}

    /** Asked for at the first span, and only if the server has no SDK: asking fixes that of the JVM. */
    private static final class OfJvm {

        private static final Optional<Tracer> TRACER = find(GlobalOpenTelemetry::get);
    }

    /** The SDK that the server gives to this application. Called before the first request. */
    static void use(Supplier<OpenTelemetry> sdk) {
        ofServer = find(sdk).orElse(null);
    }

    /**
     * Begins spans: in the server's SDK, else in the one that an agent has set. Without an SDK its spans do nothing; empty
     * if not even that is possible.
     */
    static Optional<Tracer> tracer() {
        return Optional.ofNullable(ofServer).or(() -> OfJvm.TRACER);
    }

    /** A server may have classes of the API's incubator that fit only its own API. */
    static Optional<Tracer> find(Supplier<OpenTelemetry> sdk) {
        try {
            return Optional.of(sdk.get().getTracer(NAME));
        } catch (LinkageError e) {
            LOG.log(
                    Level.WARNING,
                    "there are no OpenTelemetry spans: the server has classes that do not fit the application's"
                            + " OpenTelemetry API: " + e);
            return Optional.empty();
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
}
