package io.mcpdata.authentication;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * What is left when a server's own check refuses before ours could name the permission: an anonymous caller is asked to
 * authenticate, a known one is told no.
 */
@Provider
@ApplicationScoped
public class AccessRefusedMapper implements ExceptionMapper<ForbiddenException> {

    private final ChallengeWriter refusals;

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS
    HttpServletRequest request;

    @Inject
    public AccessRefusedMapper(ChallengeWriter refusals) {
        this.refusals = refusals;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public AccessRefusedMapper() {
        this.refusals = null;
    }

    @Override
    public Response toResponse(ForbiddenException refused) {
        String requestId = RequestId.of(request);
        if (!(request.getUserPrincipal() instanceof PlatformCaller)) {
            return refusals.unauthorized(requestId);
        }
        return new ProblemDetail(403, "Forbidden", "Your persona does not allow this.", requestId)
                .response()
                .build();
    }
}
