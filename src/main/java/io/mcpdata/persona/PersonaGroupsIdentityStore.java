package io.mcpdata.persona;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Provides the groups of every caller: the permissions of the persona its roles lead to, and none if they lead to none.
 * No other store provides groups, so a role claim cannot become a permission. Thread-safe.
 */
@ApplicationScoped
public class PersonaGroupsIdentityStore implements IdentityStore {

    private static final int LAST = 1000;

    private final ActivePersonas personas;
    private final Counter authentications;

    @Inject
    public PersonaGroupsIdentityStore(ActivePersonas personas, Metrics metrics) {
        this.personas = personas;
        this.authentications =
                metrics.counter("mcp_authentications", "Requests with a valid credential", "method", "persona");
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    PersonaGroupsIdentityStore() {
        this.personas = null;
        this.authentications = null;
    }

    @Override
    public Set<String> getCallerGroups(CredentialValidationResult validated) {
        if (!(validated.getCallerPrincipal() instanceof PlatformCaller caller)) {
            return Set.of();
        }
        Optional<Persona> persona = personas.current().personaFor(caller.roles());
        authentications
                .labelValues(caller.method().label(), persona.map(Persona::name).orElse(""))
                .inc();
        return persona.map(Persona::permissions).orElse(Set.of());
    }

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.PROVIDE_GROUPS);
    }

    @Override
    public int priority() {
        return LAST;
    }
}
