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
 * @param clientIds tokens of these clients ({@code aud} or the authorized party) are accepted too
 * @param authorizedPartyClaim if it is {@code client_id}, a token need not have {@code aud}
 * @param roleClaims paths to the claims that hold roles; points lead into objects where no claim has the whole name
 * @param roleMemberNames whether the names of the members are roles where a role claim is an object
 * @param rolePrefix only roles with this prefix count, and they count without it; empty accepts all
 * @param algorithms accepted signature algorithms
 * @param requiredScopes scopes that every token must grant
 * @param maxAge the longest validity of a token after its issue, even if its expiry is later
 */
public record IssuerConfig(
        String issuer,
        @ConfigKey(told = false) KeyLocation keys,
        Set<String> audiences,
        @ConfigKey("client_id") Set<String> clientIds,

        @ConfigKey(
                about =
                        "The claim that names the client of a token. With client_id, tokens without aud are accepted from"
                                + " the clients of client_id: Amazon Cognito",
                standard = "azp")
        PartyClaim authorizedPartyClaim,

        List<String> roleClaims,

        @ConfigKey(
                about = "Whether the names of an object's members are roles, where a role claim is an object: Zitadel",
                standard = "false")
        boolean roleMemberNames,

        String rolePrefix,
        Set<String> algorithms,
        Set<String> requiredScopes,

        @ConfigKey(about = "How far the issuer's clock may be from ours, at most 10m", standard = "30s")
        Duration clockSkew,

        @ConfigKey("max_token_age") Optional<Duration> maxAge,

        @ConfigKey(
                about =
                        "How often the issuer is asked for its keys, 5s to 24h; a key it withdraws ends its tokens within"
                                + " this time",
                standard = "5m")
        Duration keyRefresh,

        @ConfigKey(about = "How long keys are trusted after the issuer was last heard of", standard = "24h")
        Duration outageTolerance,

        @ConfigKey(about = "Whether ID tokens are accepted as access tokens", standard = "false")
        boolean allowIdTokens)
        implements ConfigEntry {

    public IssuerConfig {
        audiences = Set.copyOf(audiences);
        clientIds = Set.copyOf(clientIds);
        roleClaims = List.copyOf(roleClaims);
        algorithms = Set.copyOf(algorithms);
        requiredScopes = Set.copyOf(requiredScopes);
    }

    @Override
    public String label() {
        return "issuer " + issuer;
    }
}
