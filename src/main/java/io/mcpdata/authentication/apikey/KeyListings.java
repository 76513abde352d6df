package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.store.PlatformStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys, for the operator. Thread-safe. */
public final class KeyListings {

    private final ActiveConfiguration configuration;
    private final PlatformStore store;
    private final KeyUses uses;
    private final Clock clock;

    KeyListings(ActiveConfiguration configuration, PlatformStore store, KeyUses uses, Clock clock) {
        this.configuration = configuration;
        this.store = store;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * The keys of the file in its order, then those made at run time, the oldest first.
     *
     * @throws io.mcpdata.store.StoreUnavailableException if the store does not answer
     */
    public List<KeyListing> all() {
        Instant now = clock.instant();
        Map<String, KeyUse> used = uses.all();
        List<KeyListing> listings = new ArrayList<>();
        for (ApiKeyConfig key : configuration.config().apiKeys().keys()) {
            listings.add(new KeyListing(key, KeyStatus.of(key, now), Optional.empty(), use(used, key)));
        }
        for (StoredKey stored : store.jdbi().withHandle(handle -> new KeyRows(handle).all())) {
            listings.add(new KeyListing(
                    stored.key(), KeyStatus.of(stored, now), Optional.of(stored), use(used, stored.key())));
        }
        return listings;
    }

    /**
     * The key with this id, without its use.
     *
     * @throws io.mcpdata.store.StoreUnavailableException if the store does not answer
     */
    public Optional<KeyListing> find(String keyId) {
        Instant now = clock.instant();
        Optional<KeyListing> ofFile = configuration.config().apiKeys().keys().stream()
                .filter(key -> key.digest().id().equals(keyId))
                .findFirst()
                .map(key -> new KeyListing(key, KeyStatus.of(key, now), Optional.empty(), Optional.empty()));
        return ofFile.or(() -> store.jdbi()
                .withHandle(handle -> new KeyRows(handle).find(keyId))
                .map(stored -> KeyListing.unused(stored, now)));
    }

    private static Optional<KeyUse> use(Map<String, KeyUse> used, ApiKeyConfig key) {
        return Optional.ofNullable(used.get(key.digest().id()));
    }
}
