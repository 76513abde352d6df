package io.mcpdata.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/**
 * The span of one statement, current on this thread until it is closed. It has nothing of the statement's text, because
 * that has literals.
 */
public final class StatementSpan implements AutoCloseable {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");

    private final Span span;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    private StatementSpan(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
    }

    /**
     * Begins a span in the current one.
     *
     * @param system the product, as OpenTelemetry names it
     * @param operation what the platform does with the statement
     * @param connection its name in the configuration
     */
    public static StatementSpan begin(String system, String operation, String connection) {
        Optional<Tracer> tracer = Tracing.tracer();
        if (tracer.isEmpty()) {
            return new StatementSpan(Span.current());
        }
        return new StatementSpan(tracer.get()
                .spanBuilder(operation + " " + connection)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SYSTEM, system)
                .setAttribute(OPERATION, operation)
                .setAttribute(NAMESPACE, connection)
                .startSpan());
    }

    /** @param type a class of errors, never a message */
    public void failed(String type) {
        span.setStatus(StatusCode.ERROR).setAttribute(CallSpan.ERROR, type);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
