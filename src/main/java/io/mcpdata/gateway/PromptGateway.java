package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The only way to a prompt: the persona's policy, then the toolkit with a deadline, and always an audit row. A prompt
 * that the persona denies is reported as if it did not exist. Thread-safe.
 */
final class PromptGateway {

    private static final String PROMPTS = "prompts";

    /** Characters of one argument. A prompt may use it many times. */
    private static final int LONGEST = 10_000;

    private final Toolkits toolkits;
    private final AuditedCalls calls;
    private final Pages pages;

    PromptGateway(Toolkits toolkits, AuditedCalls calls, Pages pages) {
        this.toolkits = toolkits;
        this.calls = calls;
        this.pages = pages;
    }

    /** The prompts that exist for this caller, in a stable order. */
    List<Prompt> list(AuthorizedCaller caller) {
        return toolkits.prompts().values().stream()
                .map(PromptHandler::describe)
                .filter(prompt -> caller.persona().prompt(prompt.name()).allowed())
                .toList();
    }

    ListPage page(AuthorizedCaller caller, PaginatedRequest request) {
        return pages.page(PROMPTS, caller, request, list(caller));
    }

    Optional<FeatureResult> get(ClientCall call, GetPromptRequest request) {
        AuditEvent row = AuditedCalls.row(Type.PROMPT_GET, call, "", "", parameters(request));
        PromptHandler handler = require(call, request.name(), row);
        List<Prompt.Argument> declared = handler.describe().arguments();
        String missing = declared.stream()
                .filter(Prompt.Argument::required)
                .map(Prompt.Argument::name)
                .filter(name -> !request.arguments().containsKey(name))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            calls.invalid(row);
            throw ProtocolException.invalidParams("Missing required arguments of the prompt: " + missing);
        }
        for (Map.Entry<String, String> argument : request.arguments().entrySet()) {
            if (argument.getValue().length() > LONGEST) {
                calls.invalid(row);
                throw ProtocolException.invalidParams("params.arguments." + Shown.name(argument.getKey()) + " has "
                        + argument.getValue().length() + " characters; at most " + LONGEST + " are taken");
            }
        }
        Map<String, String> arguments = declared.stream()
                .map(Prompt.Argument::name)
                .filter(request.arguments()::containsKey)
                .collect(Collectors.toMap(
                        name -> name, name -> String.valueOf(request.arguments().get(name))));
        return calls.run(
                call,
                PROMPTS,
                row,
                () -> new AuditedCalls.Given(handler.get(new CallContext(call), arguments), -1),
                AuditedCalls::failed);
    }

    /** @param row of the request; it is recorded if the request is refused */
    PromptHandler require(ClientCall call, String name, AuditEvent row) {
        Optional<PromptHandler> handler = Optional.ofNullable(toolkits.prompts().get(name));
        AccessDecision decision = call.caller().persona().prompt(name);
        if (handler.isEmpty() || !decision.allowed()) {
            calls.denied(
                    row,
                    handler.isEmpty() ? "prompt_unknown" : "prompt_denied",
                    handler.isEmpty() ? "" : decision.rule());
            throw ProtocolException.invalidParams("Unknown prompt: " + Shown.name(name));
        }
        return handler.get();
    }

    private static JsonObject parameters(GetPromptRequest request) {
        JsonObjectBuilder arguments = Json.object();
        request.arguments().forEach(arguments::add);
        return Json.object()
                .add("name", request.name())
                .add("arguments", arguments)
                .build();
    }
}
