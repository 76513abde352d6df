package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.jose.SigningKeys;
import jakarta.json.JsonString;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Checks one compact token against the rules and keys of one issuer: first all cheap checks, then the signature, and
 * last the checks whose result only the holder of a genuine token may learn. Immutable and thread-safe.
 */
public final class TokenVerifier {

    private final HeaderRules headers;
    private final ClaimRules claims;
    private final KeySource keys;
    private final Clock clock;
    private final VerificationGate gate;

    /** A verifier with a gate of its own. */
    public TokenVerifier(TokenRules rules, KeySource keys, Clock clock) {
        this(rules, keys, clock, VerificationGate.perProcessor());
    }

    TokenVerifier(TokenRules rules, KeySource keys, Clock clock, VerificationGate gate) {
        this.gate = gate;
        this.headers = new HeaderRules(rules.algorithms());
        this.claims = new ClaimRules(rules);
        this.keys = keys;
        this.clock = clock;
    }

    /** Never throws, with any content of the token. */
    public Verification verify(String token) {
        try {
            return verify(CompactToken.parse(token));
        } catch (MalformedTokenException e) {
            return new Verification.Refused(e.why());
        }
    }

    Verification verify(CompactToken token) {
        Optional<Refusal> cheap = headers.check(token.header()).or(() -> claims.check(token.claims(), clock.instant()));
        if (cheap.isPresent()) {
            return new Verification.Refused(cheap.get());
        }
        Optional<JWKSet> known = keys.known();
        Verification first = bySignature(token, known);
        if (!mayBeOfAnUnknownKey(first, token)) {
            return first;
        }
        Optional<JWKSet> fresh = keys.askAgain();
        if (fresh.isEmpty() && first.equals(new Verification.Refused(Refusal.SIGNATURE))) {
            return first;
        }
        return fresh.equals(known) ? first : bySignature(token, fresh);
    }

    /** A token without a key id may be signed by a key that is not known yet, although known keys fit. */
    private static boolean mayBeOfAnUnknownKey(Verification result, CompactToken token) {
        return result instanceof Verification.Refused refused
                && (refused.why() == Refusal.UNKNOWN_KEY
                        || refused.why() == Refusal.KEYS_UNAVAILABLE
                        || refused.why() == Refusal.SIGNATURE && keyId(token).isEmpty());
    }

    private Verification bySignature(CompactToken token, Optional<JWKSet> known) {
        if (known.isEmpty()) {
            return new Verification.Refused(Refusal.KEYS_UNAVAILABLE);
        }
        List<JWK> named = SigningKeys.named(known.get(), keyId(token));
        if (named.isEmpty()) {
            return new Verification.Refused(Refusal.UNKNOWN_KEY);
        }
        JWSAlgorithm algorithm = JWSAlgorithm.parse(token.header().getString("alg"));
        List<JWK> fitting = SigningKeys.fitting(named, algorithm);
        if (fitting.isEmpty()) {
            return new Verification.Refused(Refusal.KEY_MISMATCH);
        }
        return gate.within(() -> signed(token, algorithm, fitting))
                .orElseGet(() -> new Verification.Refused(Refusal.BUSY));
    }

    private Verification signed(CompactToken token, JWSAlgorithm algorithm, List<JWK> fitting) {
        return fitting.stream()
                .filter(key -> Signatures.isGood(token, algorithm, key))
                .findFirst()
                .map(key -> genuine(token, key))
                .orElseGet(() -> new Verification.Refused(Refusal.SIGNATURE));
    }

    private Verification genuine(CompactToken token, JWK key) {
        return claims.grantsScopes(token.claims())
                ? new Verification.Accepted(token.claims(), token.header().getString("alg"), key)
                : new Verification.Refused(Refusal.SCOPE);
    }

    private static Optional<String> keyId(CompactToken token) {
        return token.header().get("kid") instanceof JsonString kid ? Optional.of(kid.getString()) : Optional.empty();
    }
}
