package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys found by digest or by id: one look-up for any number of keys. Immutable and thread-safe.
 */
final class KeyRing {

    static final KeyRing EMPTY = new KeyRing(List.of());

    private final Map<KeyDigest, ApiKeyConfig> byDigest = new HashMap<>();
    private final Map<String, ApiKeyConfig> byId = new HashMap<>();

    KeyRing(Collection<ApiKeyConfig> keys) {
        for (ApiKeyConfig key : keys) {
            byDigest.put(key.digest(), key);
            byId.put(key.digest().id(), key);
        }
    }

    Optional<ApiKeyConfig> find(KeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** The key with this id, for code that has only the id. */
    Optional<ApiKeyConfig> findById(String keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    Collection<ApiKeyConfig> keys() {
        return byDigest.values();
    }
}
