package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import java.time.Instant;
import java.util.Optional;

/**
 * A key made at run time, without its value, which only the caller who made it has seen.
 *
 * @param replacedBy the id of the key that a rotation made of it
 */
public record StoredKey(
        ApiKeyConfig key,
        KeyMaker createdBy,
        Instant createdAt,
        Optional<String> replacedBy,
        Optional<Instant> revokedAt) {

    public String id() {
        return key.digest().id();
    }
}
