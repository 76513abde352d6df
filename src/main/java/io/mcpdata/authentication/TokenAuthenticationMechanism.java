package io.mcpdata.authentication;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.http.RequestOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only authentication mechanism: reads the presented credential, asks the container's identity stores, and either
 * tells the container the caller or completes the response with a challenge. Every refusal of a presented credential is
 * audited before it is answered. Any error denies. Thread-safe; may be called twice in a request, as some servers do.
 */
@ApplicationScoped
public class TokenAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final Logger LOG = System.getLogger(TokenAuthenticationMechanism.class.getName());
    private static final String OUTCOME = "io.mcpdata.authentication.outcome";
    private static final String TURNED_AWAY = "refused before authentication";
    private static final CredentialReader READER = new CredentialReader();

    private final ActiveConfiguration configuration;
    private final IdentityStoreHandler stores;
    private final FailedAttempts attempts;
    private final RequestOrigins origins;
    private final ChallengeWriter refusals;

    @Inject
    public TokenAuthenticationMechanism(
            ActiveConfiguration configuration,
            IdentityStoreHandler stores,
            FailedAttempts attempts,
            RequestOrigins origins,
            ChallengeWriter refusals) {
        this.configuration = configuration;
        this.stores = stores;
        this.attempts = attempts;
        this.origins = origins;
        this.refusals = refusals;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    TokenAuthenticationMechanism() {
        this(null, null, null, null, null);
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!context.isProtected()) {
            return context.doNothing();
        }
        Object outcome = request.getAttribute(OUTCOME);
        if (outcome instanceof CredentialValidationResult known) {
            return context.notifyContainerAboutLogin(known);
        }
        return outcome == null ? judge(request, response, context) : AuthenticationStatus.SEND_FAILURE;
    }

    private AuthenticationStatus judge(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Object outcome;
        try {
            if (refusals.atTheDoor(request, response)) {
                request.setAttribute(OUTCOME, TURNED_AWAY);
                return AuthenticationStatus.SEND_FAILURE;
            }
            outcome = outcome(request);
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "a refusal could not be audited", e);
            outcome = Challenge.UNAVAILABLE;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "authentication failed with an error; the request is refused", e);
            outcome = Challenge.UNAVAILABLE;
        }
        request.setAttribute(OUTCOME, outcome);
        if (outcome instanceof CredentialValidationResult valid) {
            return context.notifyContainerAboutLogin(valid);
        }
        refusals.write(request, response, (Challenge) outcome);
        return AuthenticationStatus.SEND_FAILURE;
    }

    /** A valid {@link CredentialValidationResult}, or the {@link Challenge} to answer with. */
    private Object outcome(HttpServletRequest request) {
        if (!configuration.usable()) {
            return Challenge.NOT_CONFIGURED;
        }
        RequestOrigin origin = origins.of(request);
        PresentedCredential presented = READER.read(request, configuration.config());
        if (presented instanceof PresentedCredential.Jwt jwt) {
            return judged(jwt, origin);
        }
        if (presented instanceof PresentedCredential.Token token) {
            ApiKeyCredential key = new ApiKeyCredential(token.value(), origin.clientAddress());
            CredentialValidationResult result = validate(key);
            if (key.isUndecided()) {
                attempts.undecided(
                        origin, key.refusal(), subject(key.name(), key.digest().id()));
                return Challenge.UNAVAILABLE;
            }
            if (result.getStatus() != Status.VALID) {
                return refused(origin, key.refusal(), key.name(), key.digest().id());
            }
            if (token.fromQuery()) {
                QueryCredential.mark(request);
            }
            return result;
        }
        if (presented instanceof PresentedCredential.SessionToken session) {
            return continued(session, origin);
        }
        if (presented instanceof PresentedCredential.Ticket ticket) {
            return redeemed(request, origin, ticket);
        }
        return unusable(presented, origin);
    }

    private Object continued(PresentedCredential.SessionToken presented, RequestOrigin origin) {
        SessionTokenCredential session = new SessionTokenCredential(
                presented.sessionId(), KeyDigest.of(presented.token().reveal()), origin.clientAddress());
        CredentialValidationResult result = validate(session);
        if (session.isUndecided()) {
            attempts.undecided(origin, "key_store_unavailable", subject("", ""));
            return Challenge.UNAVAILABLE;
        }
        return result.getStatus() == Status.VALID ? result : refused(origin, "unknown_session_token", "", "");
    }

    private Object redeemed(HttpServletRequest request, RequestOrigin origin, PresentedCredential.Ticket presented) {
        @Nullable String page = request.getHeader("Origin");
        StreamTicketCredential ticket = new StreamTicketCredential(
                KeyDigest.of(presented.value().reveal()), page == null ? "" : page, origin.clientAddress());
        CredentialValidationResult result = validate(ticket);
        if (ticket.isUndecided()) {
            attempts.undecided(origin, "key_store_unavailable", subject("", ""));
            return Challenge.UNAVAILABLE;
        }
        if (result.getStatus() != Status.VALID) {
            return refused(origin, ticket.refusal(), "", "");
        }
        // such a client cannot send a header with its messages either
        QueryCredential.mark(request);
        return result;
    }

    private Object judged(PresentedCredential.Jwt jwt, RequestOrigin origin) {
        String same = KeyDigest.of(jwt.value().reveal()).id();
        Optional<Duration> wait = attempts.areTooMany(origin, same);
        JwtCredential token = new JwtCredential(jwt.value(), wait.isPresent());
        CredentialValidationResult result = validate(token);
        if (result.getStatus() == Status.VALID) {
            return result;
        }
        AuditSubject subject = new AuditSubject("", AuthenticationMethod.OIDC.label(), token.issuer(), "");
        return switch (token.verdict()) {
            case INVALID -> failed(Challenge.CREDENTIAL_REFUSED, origin, token, subject, same);
            case INSUFFICIENT_SCOPE -> failed(Challenge.SCOPE_MISSING, origin, token, subject, same);
            case NOT_JUDGED -> {
                attempts.throttled(origin);
                yield Challenge.tooManyAttempts(wait.orElse(Duration.ZERO));
            }
            case UNDECIDED -> {
                attempts.undecided(origin, token.category(), subject);
                yield Challenge.TOKEN_UNDECIDED;
            }
        };
    }

    private Challenge failed(
            Challenge answer, RequestOrigin origin, JwtCredential token, AuditSubject subject, String same) {
        return attempts.failed(origin, token.category(), token.rule(), subject, same)
                .map(Challenge::tooManyAttempts)
                .orElse(answer);
    }

    private Challenge unusable(PresentedCredential presented, RequestOrigin origin) {
        if (presented instanceof PresentedCredential.Unacceptable unacceptable) {
            return refused(origin, unacceptable.category(), "", "");
        }
        if (presented instanceof PresentedCredential.Ambiguous) {
            return failed(Challenge.AMBIGUOUS, origin, "several_credentials", "", "");
        }
        if (presented instanceof PresentedCredential.Nothing nothing
                && nothing.category().equals("unsupported_scheme")) {
            return failed(Challenge.CREDENTIAL_MISSING, origin, nothing.category(), "", "");
        }
        return Challenge.CREDENTIAL_MISSING;
    }

    private CredentialValidationResult validate(Credential credential) {
        return stores.validate(credential);
    }

    private Challenge refused(RequestOrigin origin, String category, String name, String keyId) {
        return failed(Challenge.CREDENTIAL_REFUSED, origin, category, name, keyId);
    }

    /** Audits the failure and returns its answer, or the answer for too many failures. */
    private Challenge failed(Challenge answer, RequestOrigin origin, String category, String name, String keyId) {
        return attempts.failed(origin, category, subject(name, keyId))
                .map(Challenge::tooManyAttempts)
                .orElse(answer);
    }

    private static AuditSubject subject(String name, String keyId) {
        return new AuditSubject(name, AuthenticationMethod.API_KEY.label(), keyId, "");
    }
}
