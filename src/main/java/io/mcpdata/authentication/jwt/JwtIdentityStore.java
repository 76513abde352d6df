package io.mcpdata.authentication.jwt;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.JwtCredential;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.PresentedCredential.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Validates tokens of the configured issuers, before any other store is asked. It provides no groups: roles travel in
 * the principal, so that no role claim can pose as a permission. Thread-safe.
 */
@ApplicationScoped
public class JwtIdentityStore implements IdentityStore, CredentialRecheck {

    private static final int BEFORE_KEYS = 100;

    private final ActiveIssuers issuers;

    @Inject
    public JwtIdentityStore(ActiveIssuers issuers) {
        this.issuers = issuers;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    JwtIdentityStore() {
        this.issuers = null;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof JwtCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        if (presented.isOnlyIfKnown()) {
            return known(presented);
        }
        TokenJudge.Judgement judgement = issuers.judge().judge(presented.token());
        if (judgement.caller().isPresent()) {
            return new CredentialValidationResult(null, judgement.caller().get(), null, null, Set.of());
        }
        Refusal why = judgement.refusal().orElse(Refusal.MALFORMED);
        presented.refuse(
                verdict(why),
                why.category(),
                why.rule(),
                judgement.issuer().map(issuer -> issuer.config().issuer()).orElse(""));
        return CredentialValidationResult.INVALID_RESULT;
    }

    private CredentialValidationResult known(JwtCredential presented) {
        Optional<TokenCaller> caller = issuers.judge().known(presented.token());
        if (caller.isEmpty()) {
            presented.refuse(Verdict.NOT_JUDGED, "too_many_attempts", "", "");
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(null, caller.get(), null, null, Set.of());
    }

    private static Verdict verdict(Refusal why) {
        if (why.isUndecided()) {
            return Verdict.UNDECIDED;
        }
        return why == Refusal.SCOPE ? Verdict.INSUFFICIENT_SCOPE : Verdict.INVALID;
    }

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.VALIDATE);
    }

    @Override
    public int priority() {
        return BEFORE_KEYS;
    }

    @Override
    public AuthenticationMethod method() {
        return AuthenticationMethod.OIDC;
    }

    @Override
    public boolean stillValid(PlatformCaller caller) {
        return caller instanceof TokenCaller token
                && issuers.judge()
                        .issuer(token.getIssuer())
                        .filter(issuer -> issuer.stillAccepts(token))
                        .isPresent();
    }
}
