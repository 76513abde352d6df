package io.mcpdata.persona;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PersonaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The personas of the configuration in force, rebuilt when the configuration changes. Thread-safe. */
@ApplicationScoped
public class ActivePersonas {

    private record Built(List<PersonaConfig> from, PersonaDirectory directory) {}

    private final ActiveConfiguration configuration;
    private volatile @Nullable Built built;

    @Inject
    public ActivePersonas(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ActivePersonas() {
        this.configuration = null;
    }

    public PersonaDirectory current() {
        List<PersonaConfig> personas = configuration.config().personas();
        Built known = built;
        if (known == null || known.from() != personas) {
            known = new Built(personas, new PersonaDirectory(personas));
            built = known;
        }
        return known.directory();
    }
}
