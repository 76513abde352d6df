package io.mcpdata.authentication.jwt;

import io.mcpdata.config.PartyClaim;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a token's claims (RFC 7519, section 4.1; RFC 8725, section 3). These checks are cheap, so they run before any
 * cryptography. Immutable.
 */
record ClaimRules(TokenRules rules) {

    /** Values of Keycloak's {@code typ} claim for tokens that are not for resource servers. */
    private static final Set<String> FOREIGN_TYPES = Set.of("refresh", "offline", "logout", "serialized-id");

    /** The value of that claim for ID tokens. */
    private static final String ID_TYPE = "id";

    /** Claims of ID tokens: OpenID Connect Core, sections 2 and 3.3.2.11; {@code s_hash} is from FAPI 1.0. */
    private static final Set<String> ID_TOKEN_CLAIMS = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    /** The claim of Amazon Cognito that says what a token is for. */
    private static final String USE = "token_use";

    /** The claim that makes a token a logout token or a security event. */
    private static final String EVENTS = "events";

    Optional<Refusal> check(JsonObject claims, Instant now) {
        return issuer(claims)
                .or(() -> kind(claims))
                .or(() -> subject(claims))
                .or(() -> audience(claims))
                .or(() -> times(claims, now));
    }

    /**
     * To be called only after the signature is verified, because the answer to the client names the required scopes.
     */
    boolean grantsScopes(JsonObject claims) {
        return Scopes.of(claims).containsAll(rules.scopes());
    }

    private Optional<Refusal> issuer(JsonObject claims) {
        if (!claims.containsKey("iss")) {
            return Optional.of(Refusal.CLAIM_MISSING);
        }
        boolean known =
                claims.get("iss") instanceof JsonString iss && iss.getString().equals(rules.issuer());
        return known ? Optional.empty() : Optional.of(Refusal.UNKNOWN_ISSUER);
    }

    private Optional<Refusal> kind(JsonObject claims) {
        String type = text(claims, "typ").toLowerCase(Locale.ROOT);
        if (FOREIGN_TYPES.contains(type) || claims.containsKey(EVENTS)) {
            return Optional.of(Refusal.TOKEN_TYPE);
        }
        boolean idToken = type.equals(ID_TYPE)
                || text(claims, USE).equals(ID_TYPE)
                || ID_TOKEN_CLAIMS.stream().anyMatch(claims::containsKey);
        if (idToken && !rules.allowIdTokens()) {
            return Optional.of(Refusal.ID_TOKEN);
        }
        // the holder of such a token must prove a key of its own, and the platform does not check that proof
        return claims.containsKey("cnf") ? Optional.of(Refusal.SENDER_CONSTRAINED) : Optional.empty();
    }

    private static Optional<Refusal> subject(JsonObject claims) {
        if (!claims.containsKey("sub")) {
            return Optional.of(Refusal.CLAIM_MISSING);
        }
        boolean plain = claims.get("sub") instanceof JsonString sub && StringOrList.isPlain(sub.getString());
        boolean strings = isTextIfPresent(claims, "azp") && isTextIfPresent(claims, "jti");
        return plain && strings ? Optional.empty() : Optional.of(Refusal.CLAIM_MALFORMED);
    }

    /** Empty if the claim is not there or of another type. */
    private static String text(JsonObject claims, String name) {
        return claims.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static boolean isTextIfPresent(JsonObject claims, String name) {
        return !claims.containsKey(name) || claims.get(name) instanceof JsonString;
    }

    private Optional<Refusal> audience(JsonObject claims) {
        if (!claims.containsKey("aud")) {
            return rules.party() == PartyClaim.CLIENT_ID ? withoutAudience(claims) : Optional.of(Refusal.CLAIM_MISSING);
        }
        Optional<Set<String>> audience = StringOrList.oneOrMore(claims.get("aud"));
        if (audience.isEmpty() || audience.get().isEmpty()) {
            return Optional.of(Refusal.CLAIM_MALFORMED);
        }
        boolean ours = rules.audiences().stream().anyMatch(audience.get()::contains)
                || rules.clientIds().stream().anyMatch(audience.get()::contains)
                || isOfOurClient(claims);
        return ours ? Optional.empty() : Optional.of(Refusal.AUDIENCE);
    }

    /** Without an audience, only {@code token_use} shows that it is an access token. */
    private Optional<Refusal> withoutAudience(JsonObject claims) {
        if (!claims.containsKey(rules.party().claim()) || !claims.containsKey(USE)) {
            return Optional.of(Refusal.CLAIM_MISSING);
        }
        if (!text(claims, USE).equals("access")) {
            return Optional.of(Refusal.TOKEN_TYPE);
        }
        return isOfOurClient(claims) ? Optional.empty() : Optional.of(Refusal.AUDIENCE);
    }

    private boolean isOfOurClient(JsonObject claims) {
        return rules.clientIds().contains(text(claims, rules.party().claim()));
    }

    private Optional<Refusal> times(JsonObject claims, Instant now) {
        if (!claims.containsKey("exp") || rules.maxAge().isPresent() && !claims.containsKey("iat")) {
            return Optional.of(Refusal.CLAIM_MISSING);
        }
        TokenTimes times;
        try {
            times = TokenTimes.of(claims);
        } catch (MalformedTokenException e) {
            return Optional.of(e.why());
        }
        if (!now.isBefore(times.expiresAt().plus(rules.clockSkew()))) {
            return Optional.of(Refusal.EXPIRED);
        }
        Instant latest = now.plus(rules.clockSkew());
        if (times.notBefore().filter(latest::isBefore).isPresent()
                || times.issuedAt().filter(latest::isBefore).isPresent()) {
            return Optional.of(Refusal.NOT_YET_VALID);
        }
        boolean tooOld = times.oldAt(rules)
                .filter(end -> !now.isBefore(end.plus(rules.clockSkew())))
                .isPresent();
        return tooOld ? Optional.of(Refusal.TOO_OLD) : Optional.empty();
    }
}
