package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ApiKeyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Validates API keys as the specification's "Key Validation" says: the key exists in the configuration, matches exactly
 * (case-sensitive) and is not empty. It provides no groups: roles travel in the principal. Thread-safe.
 */
@ApplicationScoped
public class ApiKeyIdentityStore implements IdentityStore, CredentialRecheck {

    private static final int AFTER_TOKENS = 200;

    private final ActiveKeyRing keys;

    @Inject
    ApiKeyIdentityStore(ActiveKeyRing keys) {
        this.keys = keys;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ApiKeyIdentityStore() {
        this.keys = null;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof ApiKeyCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        Optional<ApiKeyConfig> found = keys.current().find(presented.digest());
        if (found.isEmpty()) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        ApiKeyConfig key = found.get();
        Optional<String> refusal = refusal(key, presented.clientAddress());
        if (refusal.isPresent()) {
            presented.refuse(refusal.get(), key.name());
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(null, caller(key), null, null, Set.of());
    }

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.VALIDATE);
    }

    @Override
    public int priority() {
        return AFTER_TOKENS;
    }

    @Override
    public AuthenticationMethod method() {
        return AuthenticationMethod.API_KEY;
    }

    @Override
    public boolean stillValid(PlatformCaller caller) {
        return keys.current()
                .findById(caller.credentialId())
                .filter(key -> key.name().equals(caller.getName()))
                .filter(key -> key.roles().equals(caller.roles()))
                .filter(key -> outsideItsTime(key).isEmpty())
                .isPresent();
    }

    private static Optional<String> refusal(ApiKeyConfig key, String clientAddress) {
        boolean anywhere = key.allowedNetworks().isEmpty();
        if (!anywhere && key.allowedNetworks().stream().noneMatch(network -> network.contains(clientAddress))) {
            return Optional.of("wrong_network");
        }
        return outsideItsTime(key);
    }

    private static Optional<String> outsideItsTime(ApiKeyConfig key) {
        Instant now = Clock.systemUTC().instant();
        if (key.notBefore().filter(now::isBefore).isPresent()) {
            return Optional.of("key_not_yet_valid");
        }
        return key.expiresAt().filter(end -> !now.isBefore(end)).map(end -> "expired_key");
    }

    private static PlatformCaller caller(ApiKeyConfig key) {
        return new PlatformCaller(
                key.name(),
                AuthenticationMethod.API_KEY,
                key.digest().id(),
                key.roles(),
                key.expiresAt().orElse(null));
    }
}
