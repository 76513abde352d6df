package io.mcpdata.authentication;

import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller principal of every authenticated request. Roles are what the credential brings; they are not groups, so
 * none of them can pose as a permission. Immutable and thread-safe.
 */
public class PlatformCaller extends CallerPrincipal {

    private static final long serialVersionUID = 1L;

    private final AuthenticationMethod method;
    private final String credentialId;
    private final List<String> roles;
    private final @Nullable Instant expiresAt;

    /**
     * @param credentialId key id or issuer: what logs and audit rows show
     * @param expiresAt when the credential ends; null if it does not
     */
    public PlatformCaller(
            String name,
            AuthenticationMethod method,
            String credentialId,
            List<String> roles,
            @Nullable Instant expiresAt) {
        super(name);
        this.method = method;
        this.credentialId = credentialId;
        this.roles = List.copyOf(roles);
        this.expiresAt = expiresAt;
    }

    public AuthenticationMethod method() {
        return method;
    }

    public String credentialId() {
        return credentialId;
    }

    public List<String> roles() {
        return roles;
    }

    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** What sessions are bound to: the same for two keys of one name, never the same for a key and a token. */
    public String identity() {
        return method.label() + ":" + getName();
    }
}
