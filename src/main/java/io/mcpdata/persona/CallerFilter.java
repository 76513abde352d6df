package io.mcpdata.persona;

import io.mcpdata.authentication.ChallengeWriter;
import io.mcpdata.authentication.PlatformCaller;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Lets a request through if it has an authenticated caller. Thread-safe. */
@Priority(Priorities.AUTHENTICATION)
final class CallerFilter implements ContainerRequestFilter {

    private final ChallengeWriter refusals;

    CallerFilter(ChallengeWriter refusals) {
        this.refusals = refusals;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable SecurityContext security = request.getSecurityContext();
        if (security == null || !(security.getUserPrincipal() instanceof PlatformCaller)) {
            request.abortWith(
                    refusals.unauthorized(PermissionFilter.origin(request).requestId()));
        }
    }
}
