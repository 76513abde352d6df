package io.mcpdata.audit;

import java.util.List;

/**
 * Who an audit row is about. Empty strings stand for what is not known.
 *
 * @param caller the name that people read; users of many identity providers choose theirs
 * @param identity what is never given to another caller: key id, or issuer and subject; empty unless the caller was
 *     authenticated
 * @param method {@code api_key}, {@code oidc} or empty
 * @param credentialId key id or issuer
 */
public record AuditSubject(
        String caller, String identity, String method, String credentialId, String persona, List<String> roles) {

    /** Nobody was recognised. */
    public static final AuditSubject ANONYMOUS = new AuditSubject("", "", "", "");

    public AuditSubject {
        roles = List.copyOf(roles);
    }

    /** What a refused credential says of itself. */
    public AuditSubject(String caller, String method, String credentialId, String persona) {
        this(caller, "", method, credentialId, persona, List.of());
    }
}
