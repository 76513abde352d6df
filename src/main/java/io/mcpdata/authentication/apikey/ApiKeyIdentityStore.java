package io.mcpdata.authentication.apikey;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.CredentialHealth;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.PresentedCredential.Verdict;
import io.mcpdata.config.ApiKeyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Validates API keys as the specification's "Key Validation" says: the key exists in the configuration, or was made at
 * run time, matches exactly (case-sensitive) and is not empty. It provides no groups: roles travel in the principal.
 * Thread-safe.
 */
@ApplicationScoped
public class ApiKeyIdentityStore implements IdentityStore, CredentialRecheck, CredentialHealth {

    private static final int AFTER_TOKENS = 200;

    private final ActiveKeyRing fileKeys;
    private final StoredKeys storedKeys;
    private final KeyUses uses;
    private final Clock clock;

    @Inject
    ApiKeyIdentityStore(ActiveKeyRing fileKeys, StoredKeys storedKeys, KeyUses uses) {
        this(fileKeys, storedKeys, uses, Clock.systemUTC());
    }

    ApiKeyIdentityStore(ActiveKeyRing fileKeys, StoredKeys storedKeys, KeyUses uses, Clock clock) {
        this.fileKeys = fileKeys;
        this.storedKeys = storedKeys;
        this.uses = uses;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ApiKeyIdentityStore() {
        this(null, null, null, null);
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof ApiKeyCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        boolean generated = KeyFormat.looksGenerated(presented.presented().reveal());
        if (generated && !KeyFormat.checksumHolds(presented.presented().reveal())) {
            presented.refuse("broken_checksum", "");
            return CredentialValidationResult.INVALID_RESULT;
        }
        Optional<ApiKeyConfig> found = fileKeys.current().find(presented.digest());
        // only generated keys are in the store, so a store that does not answer concerns no others
        if (found.isEmpty() && generated && fileKeys.enabled()) {
            if (!storedKeys.available()) {
                presented.refuse(Verdict.UNDECIDED, "key_store_unavailable");
                return CredentialValidationResult.INVALID_RESULT;
            }
            found = storedKeys.find(presented.digest());
        }
        return found.map(key -> judged(key, presented)).orElse(CredentialValidationResult.INVALID_RESULT);
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

    /** While the store does not answer, streams of keys made at run time go on for a while by what was last known. */
    @Override
    public boolean stillValid(PlatformCaller caller) {
        return active(caller).isPresent();
    }

    @Override
    public boolean mayCall(PlatformCaller caller) {
        return fileKeys.current().findById(caller.credentialId()).isPresent() || storedKeys.available();
    }

    @Override
    public List<String> ailments() {
        return !fileKeys.enabled() || storedKeys.available() ? List.of() : List.of("keys made at run time unavailable");
    }

    @Override
    public boolean validFrom(PlatformCaller caller, String clientAddress) {
        return active(caller).filter(key -> isAllowedFrom(key, clientAddress)).isPresent();
    }

    private Optional<ApiKeyConfig> active(PlatformCaller caller) {
        return fileKeys.current()
                .findById(caller.credentialId())
                .or(() -> stored(caller))
                .filter(key -> key.name().equals(caller.getName()))
                .filter(key -> key.roles().equals(caller.roles()))
                .filter(key -> KeyStatus.of(key, clock.instant()) == KeyStatus.ACTIVE);
    }

    private Optional<ApiKeyConfig> stored(PlatformCaller caller) {
        return fileKeys.enabled() && storedKeys.knownForStreams()
                ? storedKeys.findById(caller.credentialId())
                : Optional.empty();
    }

    private CredentialValidationResult judged(ApiKeyConfig key, ApiKeyCredential presented) {
        Instant now = clock.instant();
        Optional<String> refusal = refusal(key, presented.clientAddress(), now);
        if (refusal.isPresent()) {
            presented.refuse(refusal.get(), key.name());
            return CredentialValidationResult.INVALID_RESULT;
        }
        uses.add(key.digest().id(), now, presented.clientAddress());
        return new CredentialValidationResult(null, caller(key), null, null, Set.of());
    }

    private static Optional<String> refusal(ApiKeyConfig key, String clientAddress, Instant now) {
        if (!isAllowedFrom(key, clientAddress)) {
            return Optional.of("wrong_network");
        }
        return switch (KeyStatus.of(key, now)) {
            case ACTIVE -> Optional.empty();
            case NOT_YET_VALID -> Optional.of("key_not_yet_valid");
            case EXPIRED -> Optional.of("expired_key");
            case REVOKED -> Optional.of("revoked_key");
        };
    }

    private static boolean isAllowedFrom(ApiKeyConfig key, String clientAddress) {
        return key.allowedNetworks().isEmpty()
                || key.allowedNetworks().stream().anyMatch(network -> network.contains(clientAddress));
    }

    private static PlatformCaller caller(ApiKeyConfig key) {
        return new PlatformCaller(
                key.name(),
                AuthenticationMethod.API_KEY,
                key.digest().id(),
                key.roles(),
                key.expiresAt().orElse(null),
                key.allowedNetworks());
    }
}
