package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.CompleteResult;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Resource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Completes arguments of prompts and variables of resource templates. A value is given only if the caller may have what
 * it leads to; each request leaves an audit row. Thread-safe.
 */
final class CompletionGateway {

    private final Toolkits toolkits;
    private final AuditedCalls calls;
    private final PromptGateway prompts;
    private final ResourceGateway resources;

    CompletionGateway(Toolkits toolkits, AuditedCalls calls, PromptGateway prompts, ResourceGateway resources) {
        this.toolkits = toolkits;
        this.calls = calls;
        this.prompts = prompts;
        this.resources = resources;
    }

    Optional<FeatureResult> complete(ClientCall call, CompleteRequest request) {
        AuditEvent row = AuditedCalls.row(
                Type.COMPLETION,
                call,
                "",
                "",
                Json.object()
                        .add(request.ofPrompt() ? "prompt" : "resource", request.reference())
                        .add("argument", request.argument())
                        .add("value", request.value())
                        .build());
        Supplier<Collection<String>> values =
                request.ofPrompt() ? ofPrompt(call, request, row) : ofTemplate(call, request, row);
        return calls.run(
                call,
                "completion",
                row,
                () -> {
                    CompleteResult result = new CompleteResult(fitting(values.get(), request.value()));
                    return new AuditedCalls.Given(result, result.values().size());
                },
                AuditedCalls::failed);
    }

    private Supplier<Collection<String>> ofPrompt(ClientCall call, CompleteRequest request, AuditEvent row) {
        PromptHandler handler = prompts.require(call, request.reference(), row);
        requireArgument(
                request,
                handler.describe().arguments().stream()
                        .map(Prompt.Argument::name)
                        .toList(),
                row);
        return () -> handler.complete(new CallContext(call), request);
    }

    private Supplier<Collection<String>> ofTemplate(ClientCall call, CompleteRequest request, AuditEvent row) {
        String uri = request.reference();
        Optional<ResourceHandler> handler = toolkits.template(uri);
        if (handler.isEmpty() || !ResourceGateway.templateExists(call.caller().persona(), uri)) {
            calls.denied(row, handler.isPresent() ? "resource_denied" : "resource_unknown", "");
            throw ProtocolException.invalidParams("Unknown resource template: " + Shown.name(uri));
        }
        UriTemplate template = new UriTemplate(uri);
        requireArgument(request, template.variables(), row);
        return () -> values(call, handler.get(), template, request);
    }

    private void requireArgument(CompleteRequest request, List<String> names, AuditEvent row) {
        if (!names.contains(request.argument())) {
            calls.invalid(row);
            throw ProtocolException.invalidParams("params.argument.name must be one of " + String.join(", ", names));
        }
    }

    /** The variable's values in the URIs that the caller may read and that have the values chosen so far. */
    private Collection<String> values(
            ClientCall call, ResourceHandler handler, UriTemplate template, CompleteRequest request) {
        CallContext context = new CallContext(call);
        String variable = request.argument();
        Set<String> values = new LinkedHashSet<>(handler.complete(context, request));
        for (String part : handler.parts(context)) {
            Map<String, String> fixed = template.fixedBy(part);
            if (!agree(fixed, request.context()) || !ResourceGateway.exists(call.caller(), handler, part)) {
                continue;
            }
            if (fixed.containsKey(variable)) {
                values.add(String.valueOf(fixed.get(variable)));
                continue;
            }
            for (Resource resource : resources.listed(call, handler, part)) {
                template.match(resource.uri())
                        .filter(found -> agree(found, request.context()))
                        .ifPresent(found -> values.add(String.valueOf(found.get(variable))));
            }
        }
        return values;
    }

    private static boolean agree(Map<String, String> known, Map<String, String> chosen) {
        return known.entrySet().stream()
                .allMatch(value ->
                        chosen.getOrDefault(value.getKey(), value.getValue()).equals(value.getValue()));
    }

    /** Those that begin with what was typed, in either case. */
    private static List<String> fitting(Collection<String> values, String typed) {
        String beginning = typed.toLowerCase(Locale.ROOT);
        return values.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(beginning))
                .distinct()
                .toList();
    }
}
