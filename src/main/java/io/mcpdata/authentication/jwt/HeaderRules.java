package io.mcpdata.authentication.jwt;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a token's header (RFC 7515, section 4; RFC 8725, section 3). A key in the header ({@code jwk}, {@code x5c})
 * and an address of one ({@code jku}, {@code x5u}) are ignored. Immutable.
 */
record HeaderRules(Set<String> algorithms) {

    private static final int LONGEST_KEY_ID = 256;

    /**
     * The types that an access token may name (RFC 7519, section 5.1; RFC 9068, section 2.1); ID tokens name "JWT" too.
     */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    Optional<Refusal> check(JsonObject header) {
        if (!(header.get("alg") instanceof JsonString alg) || !algorithms.contains(alg.getString())) {
            return Optional.of(Refusal.ALGORITHM);
        }
        // the platform supports no critical parameter, so any that is listed is unknown
        if (header.containsKey("crit")) {
            return Optional.of(Refusal.CRITICAL_HEADER);
        }
        if (!isOfType(header)) {
            return Optional.of(Refusal.TOKEN_TYPE);
        }
        boolean plainKeyId = !header.containsKey("kid")
                || header.get("kid") instanceof JsonString kid
                        && kid.getString().length() <= LONGEST_KEY_ID;
        boolean plainPayload = !header.containsKey("b64") || JsonValue.TRUE.equals(header.get("b64"));
        return plainKeyId && plainPayload ? Optional.empty() : Optional.of(Refusal.MALFORMED);
    }

    private static boolean isOfType(JsonObject header) {
        boolean good = !header.containsKey("typ")
                || header.get("typ") instanceof JsonString typ
                        && TYPES.contains(typ.getString().toLowerCase(Locale.ROOT));
        // a token within a token is not supported
        return good
                && !(header.get("cty") instanceof JsonString cty
                        && cty.getString().equalsIgnoreCase("JWT"));
    }
}
