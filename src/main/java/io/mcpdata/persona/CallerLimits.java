package io.mcpdata.persona;

import io.mcpdata.audit.RateLimits;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The limits of a caller by the configuration in force: those of its persona, and those of all callers where the persona
 * has none. Thread-safe.
 */
@ApplicationScoped
public class CallerLimits {

    private final ActiveConfiguration configuration;
    private final ActivePersonas personas;
    private final RateLimits<String> openings = new RateLimits<>(System::nanoTime);

    @Inject
    public CallerLimits(ActiveConfiguration configuration, ActivePersonas personas) {
        this.configuration = configuration;
        this.personas = personas;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    CallerLimits() {
        this(null, null);
    }

    public LimitsConfig of(AuthorizedCaller caller) {
        LimitsConfig ofAll = configuration.config().limits();
        return personas.current()
                .personaFor(caller.roles())
                .map(persona -> persona.limits(ofAll))
                .orElse(ofAll);
    }

    /**
     * Counts a session or stream that the caller wants to open. False if it opened as many within a minute as it may begin
     * calls: each has its audit rows, and a caller that closes one may open the next.
     */
    public boolean mayOpen(AuthorizedCaller caller) {
        return openings.take(caller.identity(), of(caller).callsPerMinute()).isEmpty();
    }
}
