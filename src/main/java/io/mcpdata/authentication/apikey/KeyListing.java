package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import java.time.Instant;
import java.util.Optional;

/**
 * One key as the operator sees it.
 *
 * @param stored further data of a key made at run time; empty for a key of the file, which is read-only
 */
public record KeyListing(ApiKeyConfig key, KeyStatus status, Optional<StoredKey> stored, Optional<KeyUse> lastUse) {

    public static KeyListing unused(StoredKey stored, Instant now) {
        return new KeyListing(stored.key(), KeyStatus.of(stored, now), Optional.of(stored), Optional.empty());
    }
}
