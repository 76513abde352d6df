package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.KeyDigest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All keys of one configuration, found by digest: one look-up, whatever the number of keys. Immutable and thread-safe.
 */
final class KeyRing {

    private final Map<KeyDigest, ApiKeyConfig> byDigest;

    KeyRing(ApiKeysConfig keys) {
        byDigest = keys.enabled()
                ? keys.keys().stream().collect(Collectors.toUnmodifiableMap(ApiKeyConfig::digest, Function.identity()))
                : Map.of();
    }

    Optional<ApiKeyConfig> find(KeyDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** The key with this id, for those who know only that. */
    Optional<ApiKeyConfig> findById(String keyId) {
        return byDigest.values().stream()
                .filter(key -> key.digest().id().equals(keyId))
                .findFirst();
    }
}
