package io.mcpdata.audit;

import java.util.List;

/**
 * The caller of an audit row. An empty string means unknown.
 *
 * @param caller the name that people read; users of many identity providers choose theirs
 * @param identity unique to this caller: key id, or issuer and subject; empty unless the caller was authenticated
 * @param method {@code api_key}, {@code oidc} or empty
 * @param credentialId key id or issuer
 */
public record AuditSubject(
        String caller, String identity, String method, String credentialId, String persona, List<String> roles) {

    /** The caller was not authenticated. */
    public static final AuditSubject ANONYMOUS = new AuditSubject("", "", "", "");

    public AuditSubject {
        roles = List.copyOf(roles);
    }

    /** What a refused credential says about its caller. */
    public AuditSubject(String caller, String method, String credentialId, String persona) {
        this(caller, "", method, credentialId, persona, List.of());
    }
}
