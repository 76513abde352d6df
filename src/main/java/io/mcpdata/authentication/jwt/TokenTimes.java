package io.mcpdata.authentication.jwt;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** The {@code NumericDate} claims (RFC 7519, section 2): seconds since 1970, possibly with a fraction. Immutable. */
record TokenTimes(Instant expiresAt, Optional<Instant> notBefore, Optional<Instant> issuedAt) {

    /** The end of the year 9999: later than any clock, early enough for every calculation. */
    private static final BigDecimal LATEST = new BigDecimal("253402300799");

    private static final BigDecimal NANOS = new BigDecimal(1_000_000_000);

    /** @throws MalformedTokenException if {@code exp} is missing, or one of the claims is not a valid time */
    static TokenTimes of(JsonObject claims) throws MalformedTokenException {
        return new TokenTimes(
                moment(claims, "exp").orElseThrow(() -> new MalformedTokenException(Refusal.CLAIM_MISSING)),
                moment(claims, "nbf"),
                moment(claims, "iat"));
    }

    /** When the token reaches the maximum age, if the rules have one. */
    Optional<Instant> oldAt(TokenRules rules) {
        return rules.maxAge().flatMap(age -> issuedAt.map(issued -> issued.plus(age)));
    }

    /** When the token ends, without the skew. */
    Instant end(TokenRules rules) {
        return oldAt(rules).filter(old -> old.isBefore(expiresAt)).orElse(expiresAt);
    }

    private static Optional<Instant> moment(JsonObject claims, String name) throws MalformedTokenException {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        if (claims.get(name) instanceof JsonNumber number) {
            BigDecimal seconds = number.bigDecimalValue();
            if (seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0) {
                long whole = seconds.longValue();
                BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
                return Optional.of(
                        Instant.ofEpochSecond(whole, fraction.multiply(NANOS).longValue()));
            }
        }
        throw new MalformedTokenException(Refusal.CLAIM_MALFORMED);
    }
}
