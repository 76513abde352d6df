package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a key made at run time is to be; the fields mean what they mean in the file. */
public record KeyRequest(
        String name,
        List<String> roles,
        Optional<String> description,
        Optional<String> email,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        List<NetworkRange> allowedNetworks) {

    public KeyRequest {
        roles = List.copyOf(roles);
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    /** The same with another end and other networks. */
    KeyRequest limitedTo(Optional<Instant> newEnd, List<NetworkRange> newNetworks) {
        return new KeyRequest(name, roles, description, email, notBefore, newEnd, newNetworks);
    }

    ApiKeyConfig key(KeyDigest digest) {
        return new ApiKeyConfig(name, digest, roles, description, email, notBefore, expiresAt, allowedNetworks);
    }
}
