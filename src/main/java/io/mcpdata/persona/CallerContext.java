package io.mcpdata.persona;

import io.mcpdata.authentication.PlatformCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.ForbiddenException;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Captures the caller of the current request together with its persona. Call it in the request's own thread;
 * thread-safe.
 */
@ApplicationScoped
public class CallerContext {

    private final SecurityContext security;
    private final ActivePersonas personas;

    @Inject
    public CallerContext(SecurityContext security, ActivePersonas personas) {
        this.security = security;
        this.personas = personas;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    CallerContext() {
        this(null, null);
    }

    /**
     * @throws ForbiddenException if the request has no authenticated caller or the caller's roles lead to no persona
     */
    public AuthorizedCaller require() {
        return require(security.getCallerPrincipal());
    }

    /**
     * The same for the principal that the request gives, which costs the server no look-up.
     *
     * @throws ForbiddenException if it is no authenticated caller or the caller's roles lead to no persona
     */
    public AuthorizedCaller require(@Nullable Principal principal) {
        PlatformCaller caller = authenticated(principal);
        return new AuthorizedCaller(caller, personaOf(caller).orElseThrow(ForbiddenException::new));
    }

    /** @throws ForbiddenException if the request has no authenticated caller */
    public PlatformCaller authenticated() {
        return authenticated(security.getCallerPrincipal());
    }

    private static PlatformCaller authenticated(@Nullable Principal principal) {
        if (principal instanceof PlatformCaller caller) {
            return caller;
        }
        throw new ForbiddenException();
    }

    /** Empty if no persona lists any of the caller's roles. */
    public Optional<Persona> personaOf(PlatformCaller caller) {
        return personas.current().personaFor(caller.roles());
    }

    /** The caller's token; empty if the caller presented another kind of credential. */
    public Optional<JsonWebToken> tokenOf(PlatformCaller caller) {
        if (!(caller instanceof JsonWebToken)) {
            return Optional.empty();
        }
        return security.getPrincipalsByType(JsonWebToken.class).stream()
                // a server may accept other tokens itself; only the caller's own was verified by the platform's rules
                .filter(token -> token == caller)
                .findFirst();
    }
}
