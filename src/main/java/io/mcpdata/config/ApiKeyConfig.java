package io.mcpdata.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code auth.api_keys.keys}. The key itself is gone once the file is read: only its digest stays.
 *
 * @param name the identity; several keys may carry the same name, for rotation
 * @param expiresAt from this instant on the key is refused
 * @param notBefore before this instant the key is refused
 * @param allowedNetworks where the key may come from; empty means anywhere
 */
public record ApiKeyConfig(
        String name,
        KeyDigest digest,
        List<String> roles,
        Optional<String> description,
        Optional<String> email,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        List<NetworkRange> allowedNetworks) {

    public ApiKeyConfig {
        roles = List.copyOf(roles);
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
