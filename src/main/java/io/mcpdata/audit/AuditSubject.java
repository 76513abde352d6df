package io.mcpdata.audit;

import java.util.List;

/**
 * Who an audit row is about. Empty strings stand for what is not known.
 *
 * @param method {@code api_key}, {@code oidc} or empty
 * @param credentialId key id or issuer
 */
public record AuditSubject(String caller, String method, String credentialId, String persona, List<String> roles) {

    /** Nobody was recognised. */
    public static final AuditSubject ANONYMOUS = new AuditSubject("", "", "", "", List.of());

    public AuditSubject {
        roles = List.copyOf(roles);
    }
}
