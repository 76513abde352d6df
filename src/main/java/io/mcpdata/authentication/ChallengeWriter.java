package io.mcpdata.authentication;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.PreAuthenticationCheck;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestHeadCheck;
import io.mcpdata.http.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Writes challenges for the authentication mechanism and for JAX-RS. Thread-safe. */
@ApplicationScoped
public class ChallengeWriter {

    private final ActiveConfiguration configuration;
    private final PreAuthenticationCheck check;

    @Inject
    public ChallengeWriter(ActiveConfiguration configuration, PreAuthenticationCheck check) {
        this.configuration = configuration;
        this.check = check;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ChallengeWriter() {
        this(null, null);
    }

    /** Runs the checks before authentication; true if one of them has completed the response. */
    boolean answersBeforeAuthentication(HttpServletRequest request, HttpServletResponse response) {
        return RequestHeadCheck.answers(request, response)
                || configuration.usable() && check.answers(request, response);
    }

    /** Completes the response: no later code can run for it or write to it. */
    void write(HttpServletRequest request, HttpServletResponse response, Challenge challenge) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        challenge
                .header(configuration.config().server())
                .ifPresent(value -> response.setHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        value + resource().scopeParameter() + resource().metadataParameter(path)));
        if (challenge.retryAfter() > 0) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, challenge.retryAfter());
        }
        problem(challenge, RequestId.of(request)).complete(request, response);
    }

    /** 401 for an unauthenticated caller, on servers that let its request reach JAX-RS. */
    public Response unauthorized(String requestId) {
        Challenge challenge = Challenge.CREDENTIAL_MISSING;
        return problem(challenge, requestId)
                .response()
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        challenge.header(configuration.config().server()).orElseThrow()
                                + resource().scopeParameter()
                                + resource().metadataParameter(""))
                .build();
    }

    /** 403 for a caller whose persona lacks the permission. */
    public Response forbidden(String requestId, String permission) {
        return forbidden(
                requestId,
                permission,
                "This needs the permission " + permission + ", which your persona does not grant.");
    }

    /** 403 for a caller without a persona, for whom it is of no use to ask for a permission. */
    public Response withoutPersona(String requestId, String permission) {
        return forbidden(
                requestId,
                permission,
                "No persona lists any of your roles, so you may do nothing here. GET /api/v1/whoami shows the roles that"
                        + " were read in your credential, and if there are none, why.");
    }

    private Response forbidden(String requestId, String permission, String detail) {
        return ProblemDetail.of(403, detail, requestId)
                .response()
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        Challenge.insufficientScope(configuration.config().server(), permission)
                                + resource().metadataParameter(""))
                .build();
    }

    private ProtectedResource resource() {
        return ProtectedResource.of(configuration.config());
    }

    private static ProblemDetail problem(Challenge challenge, String requestId) {
        return ProblemDetail.of(challenge.status(), challenge.detail(), requestId);
    }
}
