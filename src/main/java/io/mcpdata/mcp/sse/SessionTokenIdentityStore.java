package io.mcpdata.mcp.sse;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.SessionTokenCredential;
import io.mcpdata.mcp.session.Credentials;
import io.mcpdata.mcp.session.McpSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Validates the token of a session whose stream was opened with a key in the query. The caller is the one who opened
 * the stream, as long as the stream is open and that caller's key is still valid for the request's address. Provides no
 * groups. Thread-safe.
 */
@ApplicationScoped
public class SessionTokenIdentityStore implements IdentityStore {

    private static final int BEFORE_KEYS = 50;

    private final McpSessions sessions;
    private final Credentials credentials;

    @Inject
    SessionTokenIdentityStore(McpSessions sessions, Credentials credentials) {
        this.sessions = sessions;
        this.credentials = credentials;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SessionTokenIdentityStore() {
        this(null, null);
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof SessionTokenCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        Optional<PlatformCaller> caller = sessions.find(presented.sessionId())
                .filter(session -> session.hasToken(presented.token()))
                .map(session -> session.caller().caller())
                .filter(owner -> credentials.areValidFrom(owner, presented.clientAddress()));
        if (caller.isPresent() && !credentials.mayCall(caller.get())) {
            presented.leaveUndecided();
            return CredentialValidationResult.INVALID_RESULT;
        }
        return caller.isPresent()
                ? new CredentialValidationResult(null, caller.get(), null, null, Set.of())
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.VALIDATE);
    }

    @Override
    public int priority() {
        return BEFORE_KEYS;
    }
}
