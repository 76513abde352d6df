package io.mcpdata.persona;

import io.mcpdata.audit.RateLimits;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.servers.CallerRates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a caller by the configuration in force: those of its persona, and those of all callers where the persona
 * has none. Thread-safe.
 */
@ApplicationScoped
public class CallerLimits {

    private final ActiveConfiguration configuration;
    private final ActivePersonas personas;
    private final Rates rates;

    /** Counts an event of a caller; how long to wait, if there were too many within a minute. */
    interface Rates {
        Optional<Duration> take(String key, int perMinute);
    }

    @Inject
    CallerLimits(ActiveConfiguration configuration, ActivePersonas personas, CallerRates rates) {
        this(configuration, personas, rates::take);
    }

    /** For a server that has no store. */
    public CallerLimits(ActiveConfiguration configuration, ActivePersonas personas) {
        this(configuration, personas, new RateLimits<String>(System::nanoTime)::take);
    }

    private CallerLimits(ActiveConfiguration configuration, ActivePersonas personas, Rates rates) {
        this.rates = rates;
        this.configuration = configuration;
        this.personas = personas;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    CallerLimits() {
        this(null, null, (Rates) null);
    }

    public LimitsConfig of(AuthorizedCaller caller) {
        LimitsConfig ofAll = configuration.config().limits();
        return personas.current()
                .personaFor(caller.roles())
                .map(persona -> persona.limits(ofAll))
                .orElse(ofAll);
    }

    /** Counts a call that the caller wants to begin. How long it has to wait, if it began too many within a minute. */
    public Optional<Duration> countCall(AuthorizedCaller caller) {
        return rates.take("calls " + caller.identity(), of(caller).callsPerMinute());
    }

    /**
     * Counts a session or stream that the caller wants to open. False if it opened as many within a minute as it may begin
     * calls: each has its audit rows, and a caller that closes one may open the next.
     */
    public boolean mayOpen(AuthorizedCaller caller) {
        return rates.take("sessions " + caller.identity(), of(caller).callsPerMinute())
                .isEmpty();
    }
}
