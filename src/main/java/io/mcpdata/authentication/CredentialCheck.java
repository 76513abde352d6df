package io.mcpdata.authentication;

import io.mcpdata.config.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Optional;

/**
 * Asks the identity stores about a token that its owner does not present, for an operator's question. It logs no
 * caller in, and a refusal does not count as a failed attempt. Thread-safe.
 */
@ApplicationScoped
public class CredentialCheck {

    /**
     * What the stores say.
     *
     * @param caller empty if the token is refused
     * @param category the word that the audit row of a refused login would have; empty if the token is accepted
     * @param rule the finding and how to correct it; empty if the category says it
     */
    public record Outcome(Optional<PlatformCaller> caller, String category, String rule) {}

    private final IdentityStoreHandler stores;

    @Inject
    CredentialCheck(IdentityStoreHandler stores) {
        this.stores = stores;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    CredentialCheck() {
        this(null);
    }

    /** Whether a text looks like a JWT; only then may it be asked about. */
    public static boolean isToken(String text) {
        return JwtShape.isIn(text);
    }

    /** @param clientAddress the address of the request with the question */
    public Outcome check(Secret token, String clientAddress) {
        JwtCredential credential = new JwtCredential(token, clientAddress);
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() == Status.VALID
                && !credential.isRefused()
                && result.getCallerPrincipal() instanceof PlatformCaller caller) {
            return new Outcome(Optional.of(caller), "", "");
        }
        return new Outcome(Optional.empty(), credential.category(), credential.rule());
    }
}
