package io.mcpdata.persona;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.authentication.PlatformCaller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Caller and persona, captured in the request's thread and passed to other threads, where the container's security
 * context is not available. Immutable and thread-safe.
 */
public record AuthorizedCaller(PlatformCaller caller, Persona persona) {

    public String name() {
        return caller.getName();
    }

    /** The identity that sessions are bound to. */
    public String identity() {
        return caller.identity();
    }

    public String method() {
        return caller.method().label();
    }

    public List<String> roles() {
        return caller.roles();
    }

    /** As {@link PlatformCaller#claimTexts}. */
    public List<String> claimTexts(String path) {
        return caller.claimTexts(path);
    }

    public Optional<Instant> expiresAt() {
        return caller.expiresAt();
    }

    public AuditSubject auditSubject() {
        return caller.auditSubject(persona.name());
    }
}
