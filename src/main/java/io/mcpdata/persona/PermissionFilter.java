package io.mcpdata.persona;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.ChallengeWriter;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.http.RequestOrigins;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets a request through if its caller holds one of the permissions. Thread-safe. */
@Priority(Priorities.AUTHENTICATION)
final class PermissionFilter implements ContainerRequestFilter {

    private static final RequestOrigin UNKNOWN_ORIGIN = new RequestOrigin("", "", "");

    private final Set<String> permissions;
    private final RefusalRows rows;
    private final ChallengeWriter refusals;
    private final ActivePersonas personas;

    PermissionFilter(Set<String> permissions, RefusalRows rows, ChallengeWriter refusals, ActivePersonas personas) {
        this.permissions = permissions;
        this.rows = rows;
        this.refusals = refusals;
        this.personas = personas;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable SecurityContext security = request.getSecurityContext();
        RequestOrigin origin = origin(request);
        if (security == null || !(security.getUserPrincipal() instanceof PlatformCaller caller)) {
            request.abortWith(refusals.unauthorized(origin.requestId()));
            return;
        }
        if (permissions.stream().noneMatch(security::isUserInRole)) {
            request.abortWith(refused(caller, origin));
        }
    }

    static RequestOrigin origin(ContainerRequestContext request) {
        return request.getProperty(RequestOrigins.ATTRIBUTE) instanceof RequestOrigin known ? known : UNKNOWN_ORIGIN;
    }

    private Response refused(PlatformCaller caller, RequestOrigin origin) {
        String missing = permissions.isEmpty() ? "none" : String.join(" ", permissions);
        Optional<Persona> persona = personas.current().personaFor(caller.roles());
        AuditSubject subject = caller.auditSubject(persona.map(Persona::name).orElse(""));
        AuditEvent refusal =
                AuditEvent.of(Clock.systemUTC().instant(), Type.ACCESS_DENIED, Outcome.DENIED, subject, origin);
        if (persona.isEmpty()) {
            rows.add(refusal.because("no_persona", caller.rolesRead()));
            return refusals.withoutPersona(origin.requestId(), missing);
        }
        rows.add(refusal.because("permission_missing", missing));
        return refusals.forbidden(origin.requestId(), missing);
    }
}
