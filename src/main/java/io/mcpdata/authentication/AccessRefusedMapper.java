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
 * Answers when a server's own check refuses before the platform's check can name the permission: 401 for an anonymous
 * caller, 403 for an authenticated one.
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

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
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
        return ProblemDetail.of(403, "Your persona does not allow this.", requestId)
                .response()
                .build();
    }
}
