package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeysConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The key ring of the configuration in force, rebuilt when the configuration changes. Thread-safe. */
@ApplicationScoped
class ActiveKeyRing {

    private record Built(ApiKeysConfig from, KeyRing ring) {}

    private final ActiveConfiguration configuration;
    private volatile @Nullable Built built;

    @Inject
    ActiveKeyRing(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ActiveKeyRing() {
        this.configuration = null;
    }

    /** Whether keys are accepted at all, including those made at run time. */
    boolean enabled() {
        return configuration.config().apiKeys().enabled();
    }

    KeyRing current() {
        ApiKeysConfig keys = configuration.config().apiKeys();
        Built known = built;
        // identity, not equality: comparing thousands of keys on every request would cost more than building the ring
        if (known == null || known.from() != keys) {
            known = new Built(keys, keys.enabled() ? new KeyRing(keys.keys()) : KeyRing.EMPTY);
            built = known;
        }
        return known.ring();
    }
}
