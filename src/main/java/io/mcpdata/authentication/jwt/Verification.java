package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWK;
import jakarta.json.JsonObject;

/** What checking a token gave. Immutable. */
public sealed interface Verification {

    /**
     * The token is good.
     *
     * @param claims its payload
     * @param algorithm the algorithm of its signature
     * @param key the issuer's key that vouches for it
     */
    record Accepted(JsonObject claims, String algorithm, JWK key) implements Verification {}

    /** The token is not good, or nobody can tell. */
    record Refused(Refusal why) implements Verification {}
}
