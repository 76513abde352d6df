package io.mcpdata.authentication;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.http.IdentifiedCaller;
import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller principal of every authenticated request. Roles are what the credential brings; they are not groups, so
 * none of them can pose as a permission. Immutable and thread-safe.
 */
public class PlatformCaller extends CallerPrincipal implements IdentifiedCaller {

    private static final long serialVersionUID = 1L;

    private final AuthenticationMethod method;
    private final String credentialId;
    private final List<String> roles;
    private final @Nullable Instant expiresAt;
    private final transient List<NetworkRange> allowedNetworks;

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
        this(name, method, credentialId, roles, expiresAt, List.of());
    }

    /** @param allowedNetworks where the credential may be presented from; empty for anywhere */
    public PlatformCaller(
            String name,
            AuthenticationMethod method,
            String credentialId,
            List<String> roles,
            @Nullable Instant expiresAt,
            List<NetworkRange> allowedNetworks) {
        super(name);
        this.method = method;
        this.credentialId = credentialId;
        this.roles = List.copyOf(roles);
        this.expiresAt = expiresAt;
        this.allowedNetworks = List.copyOf(allowedNetworks);
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

    /** Where the credential may be presented from; empty for anywhere. */
    public List<NetworkRange> allowedNetworks() {
        return allowedNetworks;
    }

    /**
     * What sessions are bound to and limits are counted by: the same for two keys of one name, never the same for a key
     * and a token.
     */
    @Override
    public String identity() {
        return method.label() + ":" + getName();
    }

    /** Whom audit rows and lists of keys mean: the key's id, or issuer and subject. No other caller ever has the same. */
    public String auditIdentity() {
        return method.label() + ":" + credentialId;
    }

    /** @param persona its name; empty if the roles lead to none */
    public AuditSubject auditSubject(String persona) {
        return new AuditSubject(
                String.valueOf(getName()), auditIdentity(), method.label(), credentialId, persona, roles);
    }
}
