package io.mcpdata.tracing;

import io.mcpdata.audit.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;

/**
 * The span of one request of a client that a toolkit answers. It has no argument, result or credential: neither does its
 * error have the message. Thread-safe.
 */
public final class CallSpan {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("mcp.method.name");
    private static final AttributeKey<String> REVISION = AttributeKey.stringKey("mcp.protocol.version");
    private static final AttributeKey<String> ID = AttributeKey.stringKey("jsonrpc.request.id");
    private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");
    private static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("network.protocol.name");
    private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("mcp_data_platform.request.id");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("rpc.response.status_code");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** An error that a tool reports in its result. */
    private static final String TOOL_ERROR = "tool_error";

    private final Span span;
    private final Context context;

    private CallSpan(Span span, Context context) {
        this.span = span;
        this.context = context;
    }

    /**
     * The request that a span is about.
     *
     * @param id that of the message, as the client chose it
     * @param requestId the platform's own
     */
    public record Request(String method, String id, String revision, String requestId) {}

    /**
     * Begins a span. Its parent is the span that the message names, with a link to that of the HTTP request; else that of
     * the HTTP request. The current span of this thread is not asked for: the agent loses its own on Payara when the body
     * is read.
     *
     * @param ofRequest an agent's span of the HTTP request, or the one that the request's header names
     */
    public static CallSpan begin(Request request, Optional<TraceContext> ofMessage, Optional<TraceContext> ofRequest) {
        Context parent = ofMessage
                .or(() -> ofRequest)
                .map(place -> Context.current().with(Tracing.remote(place)))
                .orElseGet(Context::current);
        Optional<Tracer> tracer = Tracing.tracer();
        if (tracer.isEmpty()) {
            return new CallSpan(Span.fromContext(parent), parent);
        }
        SpanBuilder builder = tracer.get()
                .spanBuilder(request.method())
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, request.method())
                .setAttribute(ID, request.id())
                .setAttribute(REVISION, request.revision())
                .setAttribute(TRANSPORT, "tcp")
                .setAttribute(PROTOCOL, "http")
                .setAttribute(REQUEST, request.requestId());
        if (ofMessage.isPresent()) {
            ofRequest.ifPresent(place -> builder.addLink(Tracing.remote(place).getSpanContext()));
        }
        Span span = builder.startSpan();
        return new CallSpan(span, parent.with(span));
    }

    /** Says in the current span that it is about this tool, which exists for the caller. */
    public static void isOfTool(String tool) {
        Span.current()
                .updateName("tools/call " + tool)
                .setAttribute(TOOL, tool)
                .setAttribute(OPERATION, "execute_tool");
    }

    /** For audit rows, the log and the database; without an SDK the place that the client named. */
    public Optional<TraceContext> place() {
        return Tracing.place(span);
    }

    /** Runs something with this span as the current one. */
    public void around(Runnable work) {
        context.wrap(work).run();
    }

    /** The result of the tool is an error. */
    public void toolFailed() {
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR, TOOL_ERROR);
    }

    /** The answer is an error of JSON-RPC. */
    public void failed(int code) {
        String text = Integer.toString(code);
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR, text).setAttribute(CODE, text);
    }

    public void end() {
        span.end();
    }
}
