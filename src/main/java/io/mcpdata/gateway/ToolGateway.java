package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
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

/**
 * The only way to a tool: the persona's policy, then the arguments' schema, then the call, and always an audit row. A
 * tool or connection that the persona denies is reported as if it did not exist. Thread-safe.
 */
@ApplicationScoped
public class ToolGateway implements Tools {

    private static final Logger LOG = System.getLogger(ToolGateway.class.getName());

    private final ToolCatalog catalog;
    private final AuditLog audit;

    @Inject
    public ToolGateway(@Any Instance<Toolkit> toolkits, AuditLog audit) {
        this((Iterable<Toolkit>) toolkits, audit);
    }

    /** @param toolkits their tools are read once */
    public ToolGateway(Iterable<Toolkit> toolkits, AuditLog audit) {
        this.catalog = new ToolCatalog(toolkits);
        this.audit = audit;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ToolGateway() {
        this.catalog = null;
        this.audit = null;
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
    public CallToolResult call(
            AuthorizedCaller caller, CallToolRequest request, RequestOrigin origin, Cancellation cancellation) {
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
            return CallToolResult.error(unknownConnection(connection(known).orElse("")));
        }
        return run(tool.get().handler(), new ToolInvocation(caller, known.arguments(), cancellation), row);
    }

    /** One text for a connection that is denied and for one that is not configured. */
    public static String unknownConnection(String name) {
        return "Unknown connection: " + printable(name) + ". list_connections names those you can use.";
    }

    private CallToolResult run(ToolHandler handler, ToolInvocation invocation, AuditEvent row) {
        long started = System.nanoTime();
        try {
            ToolResponse response = handler.call(invocation);
            audit.record(row.withFigures(since(started), response.rows()));
            return response.result();
        } catch (ToolException e) {
            LOG.log(Level.DEBUG, "tool " + row.tool() + " failed", e);
            audit.record(row.ending(Outcome.ERROR).because(e.category(), "").withFigures(since(started), -1));
            return CallToolResult.error(e.getMessage());
        } catch (AuditUnavailableException e) {
            // the row had to be durable and is not: the result is withheld
            throw e;
        } catch (RuntimeException | Error e) {
            // catches errors of the JVM too: a statement nested too deep for the stack must leave its audit row
            LOG.log(
                    Level.ERROR,
                    "tool " + row.tool() + " failed, request " + row.origin().requestId(),
                    e);
            audit.record(row.ending(Outcome.ERROR).because("internal_error", "").withFigures(since(started), -1));
            return CallToolResult.error("Internal error; search the server's log for request id "
                    + row.origin().requestId());
        }
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
