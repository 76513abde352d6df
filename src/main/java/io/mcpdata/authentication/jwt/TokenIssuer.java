package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** One configured issuer: its rules, its keys, and the callers of its tokens. Thread-safe. */
final class TokenIssuer {

    private final IssuerConfig config;
    private final TokenRules rules;
    private final RoleClaims roles;
    private final IssuerKeys keys;
    private final TokenVerifier verifier;
    private final Clock clock;

    TokenIssuer(IssuerConfig config, IssuerKeys keys, Clock clock, VerificationGate gate) {
        this.config = config;
        this.rules = new TokenRules(
                config.issuer(),
                config.audiences(),
                config.clientIds(),
                config.authorizedPartyClaim(),
                config.algorithms(),
                config.clockSkew(),
                config.maxAge(),
                config.requiredScopes(),
                config.allowIdTokens());
        this.roles = new RoleClaims(config.roleClaims(), config.rolePrefix(), config.roleMemberNames());
        this.keys = keys;
        this.verifier = new TokenVerifier(rules, keys, clock, gate);
        this.clock = clock;
    }

    IssuerConfig config() {
        return config;
    }

    IssuerKeys keys() {
        return keys;
    }

    Verification verify(CompactToken token) {
        return verifier.verify(token);
    }

    /**
     * The caller of a token that was just accepted. The caller is accepted until the token ends; if the token has ended
     * but is within the skew, until the skew is over.
     *
     * @throws MalformedTokenException never for a token that this issuer's verifier accepted
     */
    TokenCaller caller(Verification.Accepted accepted, Secret token) throws MalformedTokenException {
        Instant end = end(accepted);
        Instant until = clock.instant().isBefore(end) ? end : end.plus(rules.clockSkew());
        return new TokenCaller(accepted, token, roles, until);
    }

    /** When the token ends, without the skew. */
    Instant end(Verification.Accepted accepted) throws MalformedTokenException {
        return TokenTimes.of(accepted.claims()).end(rules);
    }

    /** Whether the reasons for accepting this caller still hold: the rules, the roles they give, and the key. */
    boolean stillAccepts(TokenCaller caller) {
        Verification.Accepted verified = caller.verified();
        Optional<JWKSet> known = keys.known();
        ClaimRules claims = new ClaimRules(rules);
        return known.filter(set -> set.getKeys().contains(verified.key())).isPresent()
                && rules.algorithms().contains(verified.algorithm())
                && claims.check(verified.claims(), clock.instant()).isEmpty()
                && claims.grantsScopes(verified.claims())
                && roles.of(verified.claims()).equals(caller.roles());
    }
}
