package io.mcpdata.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One identity provider and the rules for its tokens.
 *
 * @param issuer exactly what {@code iss} must be
 * @param audiences {@code aud} must name one of them
 * @param clientId tokens of this client ({@code aud} or {@code azp}) are accepted too
 * @param roleClaims paths to the claims that hold roles; points lead into objects where no claim has the whole name
 * @param rolePrefix only roles with this prefix count, and they count without it; empty accepts all
 * @param algorithms accepted signature algorithms
 * @param requiredScopes scopes that every token must grant
 * @param clockSkew how far the provider's clock may differ from the server's
 * @param maxAge the longest validity of a token after its issue, even if its expiry is later
 * @param keyRefresh how often the provider is asked for its keys, so that the tokens of a withdrawn key end
 * @param outageTolerance how long keys are trusted after the provider's last answer
 * @param allowIdTokens whether ID tokens are accepted as access tokens
 */
public record IssuerConfig(
        String issuer,
        @ConfigKey(told = false) KeyLocation keys,
        Set<String> audiences,
        Optional<String> clientId,
        List<String> roleClaims,
        String rolePrefix,
        Set<String> algorithms,
        Set<String> requiredScopes,
        Duration clockSkew,
        @ConfigKey("max_token_age") Optional<Duration> maxAge,
        Duration keyRefresh,
        Duration outageTolerance,
        boolean allowIdTokens)
        implements ConfigEntry {

    public IssuerConfig {
        audiences = Set.copyOf(audiences);
        roleClaims = List.copyOf(roleClaims);
        algorithms = Set.copyOf(algorithms);
        requiredScopes = Set.copyOf(requiredScopes);
    }

    @Override
    public String label() {
        return "issuer " + issuer;
    }
}
