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

/** Writes challenges, for the mechanism and for JAX-RS alike. Thread-safe. */
@ApplicationScoped
public class ChallengeWriter {

    private final ActiveConfiguration configuration;
    private final PreAuthenticationCheck door;

    @Inject
    public ChallengeWriter(ActiveConfiguration configuration, PreAuthenticationCheck door) {
        this.configuration = configuration;
        this.door = door;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ChallengeWriter() {
        this(null, null);
    }

    /** Whether the response is complete before anybody has asked who is calling. */
    boolean atTheDoor(HttpServletRequest request, HttpServletResponse response) {
        return RequestHeadCheck.answers(request, response) || configuration.usable() && door.answers(request, response);
    }

    /** Completes the response, so that nothing can run or be written behind it. */
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

    /** 401 for a caller whom nobody knows, where a server lets it come as far as JAX-RS. */
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

    /** 403 for a caller who lacks the permission. */
    public Response forbidden(String requestId, String permission) {
        return new ProblemDetail(
                        403,
                        "Forbidden",
                        "This needs the permission " + permission + ", which your persona does not grant.",
                        requestId)
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
        return new ProblemDetail(challenge.status(), challenge.title(), challenge.detail(), requestId);
    }
}
