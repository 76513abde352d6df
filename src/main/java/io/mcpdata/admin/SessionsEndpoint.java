package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.OpenSession;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code /api/v1/sessions}: lists the open sessions and streams of all callers, the newest first, and ends one. The id
 * that its client uses is not shown. Thread-safe.
 */
@Path("/api/v1/sessions")
@ApplicationScoped
public class SessionsEndpoint {

    private static final String KIND = "kind";
    private static final String IDENTITY = "identity";
    private static final String KEY_ID = "key_id";
    private static final String PERSONA = "persona";
    private static final String LIMIT = "limit";
    private static final Set<String> PARAMETERS = Set.of(KIND, IDENTITY, KEY_ID, PERSONA, LIMIT);
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;
    private static final int LONGEST_IDENTITY = 1_024;
    private static final int LONGEST_NAME = 256;

    private final McpSessions sessions;
    private final AdministratorRows rows;

    @Inject
    SessionsEndpoint(McpSessions sessions, AdministratorRows rows) {
        this.sessions = sessions;
        this.rows = rows;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public SessionsEndpoint() {
        this(null, null);
    }

    /** The member {@code total} counts all that match, also those beyond the limit. */
    @GET
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        return RequestAnswers.of(
                request, "sessions cannot be listed", "Sessions cannot be listed right now; try again.", () -> {
                    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), PARAMETERS);
                    Optional<McpSession.Kind> kind =
                            parameters.value(KIND, "one of " + kinds(), SessionsEndpoint::kind);
                    Optional<String> identity = parameters.text(IDENTITY, LONGEST_IDENTITY);
                    Optional<String> keyId = parameters.text(KEY_ID, LONGEST_NAME);
                    Optional<String> persona = parameters.text(PERSONA, LONGEST_NAME);
                    int limit = parameters.limit(LIMIT, HIGHEST_LIMIT).orElse(DEFAULT_LIMIT);
                    parameters.check();
                    List<OpenSession> matching = sessions.shown().stream()
                            .filter(is(kind, OpenSession::kind))
                            .filter(is(identity, session -> session.caller().identity()))
                            .filter(is(keyId, session -> session.caller().credentialId()))
                            .filter(is(persona, session -> session.caller().persona()))
                            .toList();
                    JsonArrayBuilder shown = Json.array();
                    matching.stream().limit(limit).forEach(session -> shown.add(described(session)));
                    return RequestAnswers.json(Json.write(Json.object()
                            .add("total", matching.size())
                            .add("sessions", shown)
                            .build()));
                });
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response end(@PathParam("id") String id, @Context HttpServletRequest request) {
        Optional<OpenSession> found = sessions.shown().stream()
                .filter(session -> session.id().equals(id))
                .findFirst();
        if (found.isEmpty()) {
            return RequestAnswers.problem(
                    request, 404, "No open session has this id; /api/v1/sessions lists all that are open.");
        }
        rows.record(request, Type.SESSION_CHANGE, "session_ended", named(found.get()));
        sessions.endForAdministrator(id);
        return RequestAnswers.noContent();
    }

    /** The request that opened it leads to the row of its opening, which has its caller. */
    private static Map<String, String> named(OpenSession session) {
        return Map.of(
                "session",
                session.id(),
                KIND,
                session.kind().label(),
                "caller",
                session.caller().caller(),
                "opened_by_request",
                session.origin().requestId());
    }

    private static JsonObjectBuilder described(OpenSession session) {
        JsonObjectBuilder json = Json.object()
                .add("id", session.id())
                .add(KIND, session.kind().label())
                .add("caller", session.caller().caller())
                .add(IDENTITY, session.caller().identity())
                .add("method", session.caller().method())
                .add("credential_id", session.caller().credentialId())
                .add(PERSONA, session.caller().persona())
                .add("client_address", session.origin().clientAddress())
                .add("user_agent", session.origin().userAgent())
                .add("opened_at", session.openedAt().toString())
                .add("last_request_at", session.lastRequest().toString())
                .add("running_calls", session.runningCalls())
                .add("listening", session.listening());
        return session.revision().isEmpty() ? json : json.add("protocol_version", session.revision());
    }

    private static <T> Predicate<OpenSession> is(Optional<T> wanted, Function<OpenSession, T> of) {
        return session -> wanted.isEmpty() || wanted.get().equals(of.apply(session));
    }

    private static String kinds() {
        return Arrays.stream(McpSession.Kind.values())
                .map(McpSession.Kind::label)
                .collect(Collectors.joining(", "));
    }

    private static McpSession.Kind kind(String text) {
        return Arrays.stream(McpSession.Kind.values())
                .filter(kind -> kind.label().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }
}
