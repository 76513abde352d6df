package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ReadResourceRequest;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The only way to a resource: the persona's policy, then the toolkit with a deadline, and always an audit row. A resource
 * that the persona denies, or whose connection it denies, is reported as if it did not exist. Thread-safe.
 */
final class ResourceGateway {

    private static final String RESOURCES = "resources";
    private static final String TEMPLATES = "resourceTemplates";

    private final Toolkits toolkits;
    private final AuditedCalls calls;
    private final Pages pages;
    private final RefusalRows subscriptions;

    /** @param subscriptions rows of refused subscriptions */
    ResourceGateway(Toolkits toolkits, AuditedCalls calls, Pages pages, RefusalRows subscriptions) {
        this.toolkits = toolkits;
        this.calls = calls;
        this.pages = pages;
        this.subscriptions = subscriptions;
    }

    /**
     * Where a page begins.
     *
     * @param handler the index of the handler
     * @param part one of its parts; the first one if it is empty
     * @param after the last URI of the page before; empty at the beginning of the part
     */
    private record Position(int handler, String part, String after) {

        static Position of(String text) {
            String[] lines = text.split("\n", -1);
            return new Position(Integer.parseInt(lines[0]), lines[1], lines[2]);
        }

        String text() {
            return handler + "\n" + part + "\n" + after;
        }
    }

    /** Why the caller cannot have a resource. */
    private record Refusal(String category, String rule) {}

    Optional<FeatureResult> list(ClientCall call, PaginatedRequest request) {
        Position from = pages.position(RESOURCES, call.caller(), request)
                .map(Position::of)
                .orElse(new Position(0, "", ""));
        AuditEvent row =
                AuditedCalls.row(Type.RESOURCE_LIST, call, "", "", Json.object().build());
        return calls.run(
                call,
                RESOURCES,
                row,
                () -> {
                    ListPage page = page(call, from);
                    return new AuditedCalls.Given(page, page.items().size());
                },
                AuditedCalls::failed);
    }

    private ListPage page(ClientCall call, Position from) {
        CallContext context = new CallContext(call);
        List<Resource> items = new ArrayList<>();
        List<ResourceHandler> handlers = toolkits.resources();
        for (int i = from.handler(); i < handlers.size(); i++) {
            List<String> parts = handlers.get(i).parts(context);
            boolean resumed = i == from.handler() && parts.contains(from.part());
            int first = resumed ? parts.indexOf(from.part()) : 0;
            for (String part : parts.subList(first, parts.size())) {
                String after = resumed && part.equals(from.part()) ? from.after() : "";
                String last = after;
                for (Resource resource : listed(call, handlers.get(i), part)) {
                    if (resource.uri().compareTo(after) > 0) {
                        if (items.size() == Pages.SIZE) {
                            String cursor = new Position(i, part, last).text();
                            return new ListPage(RESOURCES, items, pages.cursor(RESOURCES, call.caller(), cursor));
                        }
                        items.add(resource);
                        last = resource.uri();
                    }
                }
            }
        }
        return new ListPage(RESOURCES, items, "");
    }

    /** The resources of a part that exist for the caller, by URI; none if the part cannot be listed. */
    List<Resource> listed(ClientCall call, ResourceHandler handler, String part) {
        if (!exists(call.caller(), handler, part)) {
            return List.of();
        }
        try {
            return handler.list(new CallContext(call), part).stream()
                    .filter(resource -> mayRead(call.caller(), handler, resource.uri()))
                    .sorted(Comparator.comparing(Resource::uri))
                    .toList();
        } catch (ToolException e) {
            if (call.cancellation().isCancelled()) {
                throw e;
            }
            // the resources of other connections are of use without these
            call.client().log(LogLevel.WARNING, RESOURCES, Json.string(part + " cannot be listed: " + e.getMessage()));
            return List.of();
        }
    }

    ListPage templates(AuthorizedCaller caller, PaginatedRequest request) {
        List<ResourceTemplate> visible = toolkits.resources().stream()
                .flatMap(handler -> handler.templates().stream())
                .filter(template -> templateExists(caller.persona(), template.uriTemplate()))
                .toList();
        return pages.page(TEMPLATES, caller, request, visible);
    }

    /** Whether a URI of the template could be one that the persona allows. */
    static boolean templateExists(Persona persona, String uriTemplate) {
        return !persona.resourceRules(new UriTemplate(uriTemplate).beginning()).isEmpty();
    }

    /** Whether a resource of the part could be one that the persona allows. */
    static boolean exists(AuthorizedCaller caller, ResourceHandler handler, String part) {
        return part(caller, handler, part).isPresent();
    }

    Optional<FeatureResult> read(ClientCall call, ReadResourceRequest request) {
        String uri = request.uri();
        Optional<ResourceHandler> handler = toolkits.resource(uri);
        AuditEvent row = AuditedCalls.row(
                Type.RESOURCE_READ,
                call,
                "",
                handler.flatMap(known -> known.connection(uri)).orElse(""),
                Json.object().add("uri", uri).build());
        require(call.caller(), uri, handler, row);
        return handler.flatMap(known -> calls.run(
                call,
                row.connection().isEmpty() ? RESOURCES : row.connection(),
                row,
                () -> {
                    ReadResourceResult result =
                            known.read(new CallContext(call), uri).orElseThrow(() -> notFound(uri));
                    return new AuditedCalls.Given(result, -1);
                },
                AuditedCalls::failed));
    }

    /** @param row of the request; it is recorded if the request is refused */
    void require(AuthorizedCaller caller, String uri, Optional<ResourceHandler> handler, AuditEvent row) {
        refusal(caller, uri, handler).ifPresent(refusal -> {
            calls.denied(row, refusal.category(), refusal.rule());
            throw notFound(uri);
        });
    }

    /** @param row of the subscription; it is recorded if that is refused */
    void requireForSubscription(AuthorizedCaller caller, String uri, AuditEvent row) {
        refusal(caller, uri, toolkits.resource(uri)).ifPresent(refusal -> {
            // a subscription counts for no limit of calls, so many refusals must not be many rows
            subscriptions.add(row.ending(Outcome.DENIED).because(refusal.category(), refusal.rule()));
            throw notFound(uri);
        });
    }

    boolean mayRead(AuthorizedCaller caller, String uri) {
        return refusal(caller, uri, toolkits.resource(uri)).isEmpty();
    }

    private static boolean mayRead(AuthorizedCaller caller, ResourceHandler handler, String uri) {
        return refusal(caller, uri, Optional.of(handler)).isEmpty();
    }

    private static Optional<Refusal> refusal(AuthorizedCaller caller, String uri, Optional<ResourceHandler> handler) {
        if (handler.isEmpty()) {
            return Optional.of(new Refusal("resource_unknown", ""));
        }
        Optional<String> skill = handler.get().skill(uri);
        AccessDecision decision = skill.map(caller.persona()::skill)
                .orElseGet(() -> caller.persona().resource(uri));
        if (!decision.allowed()) {
            return Optional.of(new Refusal(skill.isPresent() ? "skill_denied" : "resource_denied", decision.rule()));
        }
        return handler.get()
                .connection(uri)
                .map(name -> caller.persona().connection(name))
                .filter(connection -> !connection.allowed())
                .map(connection -> new Refusal("connection_denied", connection.rule()))
                .or(() -> handler.get()
                        .hiddenBy(new CallContext(caller), uri)
                        .map(rule -> new Refusal("table_denied", rule)));
    }

    /** What a caller's list consists of. */
    List<String> parts(AuthorizedCaller caller) {
        CallContext context = new CallContext(caller);
        return toolkits.resources().stream()
                .flatMap(handler ->
                        handler.parts(context).stream().flatMap(part -> part(caller, handler, part).stream()))
                .toList();
    }

    /** A part with the rules that apply in it; empty if the persona's rules over URIs deny all of it. */
    private static Optional<String> part(AuthorizedCaller caller, ResourceHandler handler, String part) {
        if (!part.endsWith("*")) {
            return mayRead(caller, handler, part) ? Optional.of(part) : Optional.empty();
        }
        List<String> rules = caller.persona().resourceRules(part.substring(0, part.length() - 1));
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(rules);
        all.addAll(handler.rules(new CallContext(caller), part));
        return Optional.of(part + " " + all);
    }

    private static ProtocolException notFound(String uri) {
        return new ProtocolException(
                ErrorCode.RESOURCE_NOT_FOUND,
                "Resource not found: " + Shown.name(uri),
                Json.object().add("uri", uri).build());
    }
}
