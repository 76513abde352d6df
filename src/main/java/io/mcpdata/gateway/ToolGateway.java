package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The only way to a tool: the persona's policy, then the arguments' schema, then the call with its deadline, and always
 * an audit row. A tool or connection that the persona denies is reported as if it did not exist. Thread-safe.
 */
@ApplicationScoped
public class ToolGateway implements Tools {

    private static final Logger LOG = System.getLogger(ToolGateway.class.getName());

    private final ToolCatalog catalog;
    private final AuditLog audit;
    private final OverdueCalls overdue;

    @Inject
    ToolGateway(@Any Instance<Toolkit> toolkits, AuditLog audit, OverdueCalls overdue) {
        this((Iterable<Toolkit>) toolkits, audit, overdue);
    }

    /** Without a timer: no call is overdue. */
    public ToolGateway(Iterable<Toolkit> toolkits, AuditLog audit) {
        this(toolkits, audit, new OverdueCalls(Runnable::run));
    }

    /** @param toolkits their tools are read once */
    ToolGateway(Iterable<Toolkit> toolkits, AuditLog audit, OverdueCalls overdue) {
        this.catalog = new ToolCatalog(toolkits);
        this.audit = audit;
        this.overdue = overdue;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ToolGateway() {
        this.catalog = null;
        this.audit = null;
        this.overdue = null;
    }

    /** The tools that exist for this caller, in a stable order. */
    @Override
    public List<Tool> list(AuthorizedCaller caller) {
        return catalog.entries().stream()
                .map(ToolCatalog.Entry::description)
                .filter(tool -> caller.persona().tool(tool.name()).allowed())
                .toList();
    }

    /**
     * Calls a tool and blocks until it is done. An error of the tool comes back as an {@code isError} result.
     *
     * @throws ProtocolException if the tool does not exist for this caller, or the arguments do not match its schema
     */
    @Override
    public Optional<CallToolResult> call(
            AuthorizedCaller caller,
            CallToolRequest request,
            RequestOrigin origin,
            Cancellation cancellation,
            Consumer<Supplier<CallToolResult>> late) {
        Optional<ToolCatalog.Entry> tool = catalog.find(request.name());
        CallToolRequest known = tool.map(entry ->
                        new CallToolRequest(request.name(), entry.schema().known(request.arguments())))
                .orElse(request);
        AuditEvent row = AuditEvent.of(
                        Clock.systemUTC().instant(), Type.TOOL_CALL, Outcome.SUCCESS, caller.auditSubject(), origin)
                .withCall(known.name(), connection(known).orElse(""), AuditedParameters.of(known.arguments()));
        AccessDecision decision = caller.persona().tool(known.name());
        if (tool.isEmpty() || !decision.allowed()) {
            audit.record(row.ending(Outcome.DENIED)
                    .because(tool.isEmpty() ? "tool_unknown" : "tool_denied", tool.isEmpty() ? "" : decision.rule()));
            throw ProtocolException.invalidParams("Unknown tool: " + printable(known.name()));
        }
        List<String> problems = tool.get().schema().problems(known.arguments(), request.arguments());
        if (!problems.isEmpty()) {
            audit.record(row.ending(Outcome.ERROR).because("invalid_arguments", ""));
            throw ProtocolException.invalidParams("Invalid arguments: " + String.join("; ", problems));
        }
        Optional<AccessDecision> refused =
                connection(known).map(name -> caller.persona().connection(name)).filter(access -> !access.allowed());
        if (refused.isPresent()) {
            audit.record(row.ending(Outcome.DENIED)
                    .because("connection_denied", refused.get().rule()));
            return Optional.of(
                    CallToolResult.error(unknownConnection(connection(known).orElse(""))));
        }
        return run(tool.get().handler(), new ToolInvocation(caller, known.arguments(), cancellation), row, late);
    }

    /** One text for a connection that is denied and for one that is not configured. */
    public static String unknownConnection(String name) {
        return "Unknown connection: " + printable(name) + ". list_connections names those you can use.";
    }

    private Optional<CallToolResult> run(
            ToolHandler handler, ToolInvocation invocation, AuditEvent row, Consumer<Supplier<CallToolResult>> late) {
        long started = System.nanoTime();
        String place = row.connection().isEmpty() ? row.tool() : row.connection();
        OverdueCalls.Running running;
        try {
            running = overdue.begin(
                    place, invocation.cancellation(), error -> late.accept(() -> failed(error, row, started)));
        } catch (ToolException e) {
            return Optional.of(failed(e, row, started));
        }
        Supplier<CallToolResult> outcome = outcome(handler, invocation, row, started);
        return running.end() ? Optional.of(outcome.get()) : Optional.empty();
    }

    /** Calls the tool; its audit row is written when the outcome is asked for. */
    private Supplier<CallToolResult> outcome(
            ToolHandler handler, ToolInvocation invocation, AuditEvent row, long started) {
        try {
            ToolResponse response = handler.call(invocation);
            return () -> {
                // a row that had to be durable and is not: the exception withholds the result
                audit.record(row.withFigures(since(started), response.rows()));
                return response.result();
            };
        } catch (ToolException e) {
            return () -> failed(e, row, started);
        } catch (RuntimeException | Error e) {
            // catches errors of the JVM too: a statement nested too deep for the stack must leave its audit row
            return () -> broken(e, row, started);
        }
    }

    private CallToolResult failed(ToolException e, AuditEvent row, long started) {
        LOG.log(Level.DEBUG, "tool " + row.tool() + " failed", e);
        audit.record(row.ending(Outcome.ERROR).because(e.category(), "").withFigures(since(started), -1));
        return CallToolResult.error(e.getMessage());
    }

    private CallToolResult broken(Throwable e, AuditEvent row, long started) {
        LOG.log(
                Level.ERROR,
                "tool " + row.tool() + " failed, request " + row.origin().requestId(),
                e);
        audit.record(row.ending(Outcome.ERROR).because("internal_error", "").withFigures(since(started), -1));
        return CallToolResult.error("Internal error; search the server's log for request id "
                + row.origin().requestId());
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Optional<String> connection(CallToolRequest request) {
        return request.arguments().get("connection") instanceof JsonString name
                ? Optional.of(name.getString())
                : Optional.empty();
    }

    private static String printable(String name) {
        String safe = name.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 128 ? safe : safe.substring(0, 128);
    }
}
