package io.mcpdata.authentication;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.RequestOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * The only authentication mechanism: reads the presented credential, asks the container's identity stores, and either
 * tells the container the caller or completes the response with a challenge. Every refusal of a presented credential is
 * audited before it is answered. Any error denies. Thread-safe; may be called twice in a request, as some servers do.
 */
@ApplicationScoped
public class TokenAuthenticationMechanism implements HttpAuthenticationMechanism {

    private static final Logger LOG = System.getLogger(TokenAuthenticationMechanism.class.getName());
    private static final String RESULT = "io.mcpdata.authentication.result";
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
        CredentialValidationResult result = request.getAttribute(RESULT) instanceof CredentialValidationResult known
                ? known
                : judge(request, response);
        request.setAttribute(RESULT, result);
        return result.getStatus() == Status.VALID
                ? context.notifyContainerAboutLogin(result)
                : AuthenticationStatus.SEND_FAILURE;
    }

    /** A valid result, or {@link CredentialValidationResult#INVALID_RESULT} and a complete response. */
    private CredentialValidationResult judge(HttpServletRequest request, HttpServletResponse response) {
        Challenge answer;
        try {
            if (refusals.answersBeforeAuthentication(request, response)) {
                return CredentialValidationResult.INVALID_RESULT;
            }
            Decision decision = decide(request);
            if (decision.answer().isEmpty()) {
                return decision.result();
            }
            answer = decision.answer().get();
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "a refusal could not be audited", e);
            answer = Challenge.UNAVAILABLE;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "authentication failed with an error; the request is refused", e);
            answer = Challenge.UNAVAILABLE;
        }
        refusals.write(request, response, answer);
        return CredentialValidationResult.INVALID_RESULT;
    }

    private Decision decide(HttpServletRequest request) {
        if (!configuration.usable()) {
            return Decision.refused(Challenge.NOT_CONFIGURED);
        }
        RequestOrigin origin = origins.of(request);
        CredentialReading reading = READER.read(request, origin.clientAddress(), configuration.config());
        if (reading instanceof CredentialReading.Found found) {
            return judged(found.credential(), request, origin);
        }
        CredentialReading.Unusable unusable = (CredentialReading.Unusable) reading;
        return Decision.refused(
                unusable.category().isEmpty()
                        ? unusable.answer()
                        : attempts.failed(origin, unusable.category(), PresentedCredential.UNKNOWN)
                                .map(Challenge::tooManyAttempts)
                                .orElse(unusable.answer()));
    }

    private Decision judged(PresentedCredential presented, HttpServletRequest request, RequestOrigin origin) {
        Duration wait = Duration.ZERO;
        if (presented instanceof JwtCredential token) {
            Optional<Duration> tooMany = attempts.areTooMany(origin, token.countedAs());
            tooMany.ifPresent(span -> token.limitToKnown());
            wait = tooMany.orElse(Duration.ZERO);
        }
        CredentialValidationResult result = stores.validate(presented);
        if (result.getStatus() != Status.VALID || presented.isRefused()) {
            return Decision.refused(answer(presented, origin, wait));
        }
        if (presented.isFromQuery()) {
            QueryCredential.mark(request);
        }
        return new Decision(result, Optional.empty());
    }

    /** Audits the refusal first. */
    private Challenge answer(PresentedCredential refused, RequestOrigin origin, Duration wait) {
        return switch (refused.verdict()) {
            case INVALID -> failed(Challenge.CREDENTIAL_REFUSED, refused, origin);
            case INSUFFICIENT_SCOPE -> failed(Challenge.SCOPE_MISSING, refused, origin);
            case UNDECIDED -> {
                attempts.undecided(origin, refused.category(), refused.subject());
                yield refused.undecided();
            }
            case NOT_JUDGED -> {
                attempts.throttled(origin);
                yield Challenge.tooManyAttempts(wait);
            }
        };
    }

    private Challenge failed(Challenge answer, PresentedCredential refused, RequestOrigin origin) {
        return attempts.failed(origin, refused.category(), refused.rule(), refused.subject(), refused.countedAs())
                .map(Challenge::tooManyAttempts)
                .orElse(answer);
    }

    /**
     * What becomes of a request.
     *
     * @param answer empty if the result is valid
     */
    private record Decision(CredentialValidationResult result, Optional<Challenge> answer) {

        static Decision refused(Challenge answer) {
            return new Decision(CredentialValidationResult.INVALID_RESULT, Optional.of(answer));
        }
    }
}
