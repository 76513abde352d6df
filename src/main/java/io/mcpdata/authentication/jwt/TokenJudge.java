package io.mcpdata.authentication.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import jakarta.json.JsonString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Verifies tokens for the issuers of one configuration. A valid token is remembered by its digest until the token ends
 * or the issuer's keys change, whichever is first; an invalid one is not remembered. Thread-safe.
 */
final class TokenJudge {

    /** The caller of a token, with the keys that verified it. */
    private record Remembered(TokenCaller caller, TokenIssuer issuer, JWKSet keys, Instant end) {}

    /**
     * The result.
     *
     * @param caller present if the token is valid
     * @param refusal otherwise the reason
     * @param issuer the configured issuer that the token names; empty if none
     */
    record Judgement(Optional<TokenCaller> caller, Optional<Refusal> refusal, Optional<TokenIssuer> issuer) {}

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);

    private final Map<String, TokenIssuer> issuers;
    private final Clock clock;
    private final Cache<KeyDigest, Remembered> remembered;

    TokenJudge(List<TokenIssuer> issuers, Clock clock) {
        this(issuers, clock, MOST_REMEMBERED);
    }

    /** @param most how many valid tokens are remembered at most */
    TokenJudge(List<TokenIssuer> issuers, Clock clock, int most) {
        this.remembered = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(LONGEST_REMEMBERED)
                .executor(Runnable::run)
                .build();
        this.issuers = issuers.stream()
                .collect(Collectors.toUnmodifiableMap(issuer -> issuer.config().issuer(), Function.identity()));
        this.clock = clock;
    }

    Optional<TokenIssuer> issuer(String name) {
        return Optional.ofNullable(issuers.get(name));
    }

    /** The caller of a token that was verified before and is still valid: one look-up, and no cryptography. */
    Optional<TokenCaller> known(Secret token) {
        return Optional.ofNullable(remembered.getIfPresent(KeyDigest.of(token.reveal())))
                .filter(this::stands)
                .map(Remembered::caller);
    }

    Judgement judge(Secret token) {
        KeyDigest digest = KeyDigest.of(token.reveal());
        Remembered known = remembered.getIfPresent(digest);
        if (known != null && stands(known)) {
            return new Judgement(Optional.of(known.caller()), Optional.empty(), Optional.of(known.issuer()));
        }
        try {
            return judge(CompactToken.parse(token.reveal()), token, digest);
        } catch (MalformedTokenException e) {
            return new Judgement(Optional.empty(), Optional.of(e.why()), Optional.empty());
        }
    }

    private Judgement judge(CompactToken parsed, Secret token, KeyDigest digest) throws MalformedTokenException {
        if (!(parsed.claims().get("iss") instanceof JsonString name)
                || issuer(name.getString()).isEmpty()) {
            Refusal why = parsed.claims().containsKey("iss") ? Refusal.UNKNOWN_ISSUER : Refusal.CLAIM_MISSING;
            return new Judgement(Optional.empty(), Optional.of(why), Optional.empty());
        }
        TokenIssuer issuer = issuer(name.getString()).orElseThrow();
        Verification verification = issuer.verify(parsed);
        if (verification instanceof Verification.Refused refused) {
            return new Judgement(Optional.empty(), Optional.of(refused.why()), Optional.of(issuer));
        }
        Verification.Accepted accepted = (Verification.Accepted) verification;
        TokenCaller caller = issuer.caller(accepted, token);
        Instant end = issuer.end(accepted);
        issuer.keys()
                .known()
                // the keys may have changed since they verified the token
                .filter(keys -> keys.getKeys().contains(accepted.key()))
                .ifPresent(keys -> remembered.put(digest, new Remembered(caller, issuer, keys, end)));
        return new Judgement(Optional.of(caller), Optional.empty(), Optional.of(issuer));
    }

    private boolean stands(Remembered known) {
        // compared by identity, because equal key sets are the same object
        return clock.instant().isBefore(known.end())
                && known.issuer()
                        .keys()
                        .known()
                        .filter(keys -> keys == known.keys())
                        .isPresent();
    }
}
