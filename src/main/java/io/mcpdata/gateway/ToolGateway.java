package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import io.mcpdata.tracing.CallSpan;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The only way to a tool: the persona's policy, then the arguments' schema, then the call with its deadline, and always
 * an audit row. A tool or connection that the persona denies is reported as if it did not exist. Thread-safe.
 */
public final class ToolGateway {

    private final Supplier<ToolCatalog> catalog;
    private final AuditedCalls calls;

    /** @param catalog the tools of the moment */
    ToolGateway(Supplier<ToolCatalog> catalog, AuditedCalls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    /** The tools that exist for this caller, in a stable order. */
    List<Tool> list(AuthorizedCaller caller) {
        return catalog.get().entries().stream()
                .filter(tool -> decision(caller.persona(), tool).allowed())
                .map(ToolCatalog.Entry::description)
                .toList();
    }

    /** False for a denied tool too: a denial that came sooner than that of an unknown tool would show that it exists. */
    boolean isImmediate(AuthorizedCaller caller, CallToolRequest request) {
        return catalog.get()
                .find(request.name())
                .filter(tool -> decision(caller.persona(), tool).allowed())
                .filter(tool -> tool.handler().isImmediate())
                .isPresent();
    }

    /** The parameters that clients repeat in headers; empty for a tool that does not exist for the caller. */
    List<HeaderParameter> inHeaders(AuthorizedCaller caller, String name) {
        return catalog.get()
                .find(name)
                .filter(tool -> decision(caller.persona(), tool).allowed())
                .map(ToolCatalog.Entry::inHeaders)
                .orElse(List.of());
    }

    /**
     * Calls a tool and blocks until it is done. An error of the tool comes back as an {@code isError} result.
     *
     * @throws ProtocolException if the tool does not exist for this caller, or the arguments do not match its schema
     */
    Optional<FeatureResult> call(ClientCall call, CallToolRequest request) {
        Persona persona = call.caller().persona();
        Optional<ToolCatalog.Entry> tool = catalog.get().find(request.name());
        CallToolRequest known = tool.map(entry ->
                        new CallToolRequest(request.name(), entry.schema().known(request.arguments())))
                .orElse(request);
        String connection = tool.flatMap(entry -> entry.handler().connection())
                .or(() -> connection(known))
                .orElse("");
        AuditEvent row = AuditedCalls.row(Type.TOOL_CALL, call, known.name(), connection, known.arguments());
        AccessDecision decision =
                tool.map(entry -> decision(persona, entry)).orElseGet(() -> persona.tool(known.name()));
        if (tool.isEmpty() || !decision.allowed()) {
            calls.denied(row, tool.isEmpty() ? "tool_unknown" : "tool_denied", tool.isEmpty() ? "" : decision.rule());
            throw ProtocolException.invalidParams("Unknown tool: " + Shown.name(known.name()));
        }
        CallSpan.isOfTool(known.name());
        List<String> problems = tool.get().schema().problems(known.arguments(), request.arguments());
        if (!problems.isEmpty()) {
            calls.invalid(row);
            throw ProtocolException.invalidParams("Invalid arguments: " + String.join("; ", problems));
        }
        Optional<AccessDecision> refused =
                connection(known).map(persona::connection).filter(access -> !access.allowed());
        if (refused.isPresent()) {
            calls.denied(row, "connection_denied", refused.get().rule());
            return Optional.of(CallToolResult.error(unknownConnection(row.connection())));
        }
        ToolInvocation invocation = new ToolInvocation(call, known.name(), known.arguments());
        return calls.run(
                call,
                row.connection().isEmpty() ? row.tool() : row.connection(),
                row,
                () -> {
                    ToolResponse response = tool.get().handler().call(invocation);
                    return new AuditedCalls.Given(
                            response.result(), response.rows(), parameters(known.arguments(), response.told()));
                },
                CallToolResult::error);
    }

    /** The parameters of the row, with what the tool reports about its result; empty if it reports nothing. */
    private static Optional<String> parameters(JsonObject arguments, JsonObject told) {
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(AuditedParameters.of(Json.provider()
                        .createObjectBuilder(arguments)
                        .add("result", told)
                        .build()));
    }

    /** Whether the tool exists for the persona: by its name, by the tools that it also needs, and by the one connection that it uses. */
    static AccessDecision decision(Persona persona, ToolCatalog.Entry tool) {
        AccessDecision byName = persona.tool(tool.description().name());
        if (!byName.allowed()) {
            return byName;
        }
        Stream<AccessDecision> others = tool.handler().alsoNeeds().stream().map(persona::tool);
        Stream<AccessDecision> connection = tool.handler().connection().map(persona::connection).stream();
        return Stream.concat(others, connection)
                .filter(access -> !access.allowed())
                .findFirst()
                .orElse(byName);
    }

    /** One text for a connection that is denied and for one that is not configured. */
    public static String unknownConnection(String name) {
        return "Unknown connection: " + Shown.name(name) + ". list_connections names those you can use.";
    }

    private static Optional<String> connection(CallToolRequest request) {
        return request.arguments().get("connection") instanceof JsonString name
                ? Optional.of(name.getString())
                : Optional.empty();
    }
}
