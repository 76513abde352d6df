package io.mcpdata.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code auth.api_keys.keys}. The key itself is not kept after the file is read: only its digest is.
 *
 * @param name the identity; several keys may have the same name, for rotation
 * @param expiresAt the key is refused from this instant on
 * @param notBefore the key is refused before this instant
 * @param allowedNetworks networks that may use the key; empty means all
 */
public record ApiKeyConfig(
        String name,
        KeyDigest digest,
        List<String> roles,
        Optional<String> description,
        Optional<String> email,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        List<NetworkRange> allowedNetworks)
        implements ConfigEntry {

    public ApiKeyConfig {
        roles = List.copyOf(roles);
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    @Override
    public String label() {
        return "api key " + name + " (" + digest.id() + ")";
    }
}
