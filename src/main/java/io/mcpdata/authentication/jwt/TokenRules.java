package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcpdata.config.PartyClaim;
import io.mcpdata.jose.SigningKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for the tokens of one issuer. Immutable.
 *
 * @param issuer exactly what {@code iss} must be
 * @param audiences {@code aud} must name one of them
 * @param clientIds a token for one of these clients, by {@code aud} or its authorized party, is accepted too
 * @param party the claim that names the authorized party; with {@code client_id}, a token need not have {@code aud}
 * @param algorithms accepted signature algorithms; only asymmetric ones
 * @param clockSkew how far the issuer's clock may differ from the server's
 * @param maxAge how long after {@code iat} a token is valid at most
 * @param scopes every one of them must be granted
 * @param allowIdTokens whether a token that is recognisable as an ID token is accepted
 */
public record TokenRules(
        String issuer,
        Set<String> audiences,
        Set<String> clientIds,
        PartyClaim party,
        Set<String> algorithms,
        Duration clockSkew,
        Optional<Duration> maxAge,
        Set<String> scopes,
        boolean allowIdTokens) {

    /** @throws IllegalArgumentException if the rules would accept any client's tokens, or symmetric signatures */
    public TokenRules {
        audiences = Set.copyOf(audiences);
        clientIds = Set.copyOf(clientIds);
        algorithms = Set.copyOf(algorithms);
        scopes = Set.copyOf(scopes);
        if (issuer.isBlank() || audiences.isEmpty() && clientIds.isEmpty()) {
            throw new IllegalArgumentException("a token must be of a known issuer and for a known audience");
        }
        if (algorithms.isEmpty() || !algorithms.stream().allMatch(TokenRules::isSupported)) {
            throw new IllegalArgumentException("expected signature algorithms out of " + SigningKeys.ALGORITHMS);
        }
    }

    private static boolean isSupported(String algorithm) {
        return SigningKeys.ALGORITHMS.contains(JWSAlgorithm.parse(algorithm));
    }
}
