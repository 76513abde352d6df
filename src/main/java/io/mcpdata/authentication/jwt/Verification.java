package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWK;
import jakarta.json.JsonObject;

/** The result of checking a token. Immutable. */
public sealed interface Verification {

    /**
     * The token is valid.
     *
     * @param claims its payload
     * @param algorithm the algorithm of its signature
     * @param key the issuer's key that verified it
     */
    record Accepted(JsonObject claims, String algorithm, JWK key) implements Verification {}

    /** The token is not valid, or cannot be verified now. */
    record Refused(Refusal why) implements Verification {}
}
