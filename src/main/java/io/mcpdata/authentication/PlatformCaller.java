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
 * The caller principal of every authenticated request. The credential gives the roles; they are not groups, so no role
 * can become a permission. Immutable and thread-safe.
 */
public class PlatformCaller extends CallerPrincipal implements IdentifiedCaller {

    private static final long serialVersionUID = 1L;

    private final AuthenticationMethod method;
    private final String credentialId;
    private final List<String> roles;
    private final @Nullable Instant expiresAt;
    private final transient List<NetworkRange> allowedNetworks;

    /**
     * @param credentialId key id or issuer, as logs and audit rows show it
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

    /** @param allowedNetworks the networks that may present the credential; empty for all */
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

    /** The roles that the credential gives, or why it gives none: for the log, the audit row and the caller. */
    public String rolesRead() {
        return roles.isEmpty() ? "no roles" : "roles " + String.join(", ", roles);
    }

    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** The networks that may present the credential; empty for all. */
    public List<NetworkRange> allowedNetworks() {
        return allowedNetworks;
    }

    /**
     * The value that sessions are bound to and limits are counted by: equal for two keys of one name, never equal for a
     * key and a token.
     */
    @Override
    public String identity() {
        return method.label() + ":" + getName();
    }

    /**
     * The value that audit rows and lists of keys show: the key's id, or issuer and subject. No other caller has it.
     */
    public String auditIdentity() {
        return method.label() + ":" + credentialId;
    }

    /**
     * The texts, numbers and flags of a claim in the caller's credential, which may be a list; empty if there is none. No
     * log, answer or audit row may show them.
     *
     * @param path the claim's name, or names separated by points that lead into objects
     */
    public List<String> claimTexts(String path) {
        return List.of();
    }

    /** @param persona the persona's name; empty if the roles lead to none */
    public AuditSubject auditSubject(String persona) {
        return new AuditSubject(
                String.valueOf(getName()), auditIdentity(), method.label(), credentialId, persona, roles);
    }
}
