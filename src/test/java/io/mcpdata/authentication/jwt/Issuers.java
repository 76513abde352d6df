package io.mcpdata.authentication.jwt;

import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.KeyLocation;
import io.mcpdata.config.PartyClaim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Configured issuers for tests. */
final class Issuers {

    private Issuers() {}

    static IssuerConfig of(String issuer, KeyLocation keys) {
        return of(issuer, keys, List.of("groups"), Set.of());
    }

    static IssuerConfig of(String issuer, KeyLocation keys, List<String> roleClaims, Set<String> scopes) {
        return new IssuerConfig(
                issuer,
                keys,
                Set.of(TokenMint.AUDIENCE),
                Set.of(),
                PartyClaim.AZP,
                roleClaims,
                false,
                "",
                Set.of("RS256", "ES256"),
                scopes,
                Duration.ofSeconds(30),
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                false);
    }
}
