package io.mcpdata.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One identity provider and what its tokens must look like.
 *
 * @param issuer exactly what {@code iss} must be
 * @param audiences {@code aud} must name one of them
 * @param clientId tokens of this client ({@code aud} or {@code azp}) are let in too
 * @param roleClaims paths to the claims that hold roles; points lead into objects where no claim bears the whole name
 * @param rolePrefix only roles with this prefix count, and they count without it; empty lets all through
 * @param algorithms signature algorithms let in
 * @param requiredScopes every token must grant them all
 * @param clockSkew how far the provider's clock may be from ours
 * @param maxAge how long after its issue a token is good at most, whatever its expiry says
 * @param keyRefresh how often the provider is asked for its keys, so that one it withdraws ends its tokens
 * @param outageTolerance how long keys are trusted after the provider was last heard of
 * @param allowIdTokens whether ID tokens are let in as if they were access tokens
 */
public record IssuerConfig(
        String issuer,
        KeyLocation keys,
        Set<String> audiences,
        Optional<String> clientId,
        List<String> roleClaims,
        String rolePrefix,
        Set<String> algorithms,
        Set<String> requiredScopes,
        Duration clockSkew,
        Optional<Duration> maxAge,
        Duration keyRefresh,
        Duration outageTolerance,
        boolean allowIdTokens) {

    public IssuerConfig {
        audiences = Set.copyOf(audiences);
        roleClaims = List.copyOf(roleClaims);
        algorithms = Set.copyOf(algorithms);
        requiredScopes = Set.copyOf(requiredScopes);
    }
}
