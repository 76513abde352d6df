package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/** The source of an issuer's public keys. Thread-safe. */
public interface KeySource {

    /** The keys known now, the same object as long as the keys are equal; never waits. Empty if none are known. */
    Optional<JWKSet> known();

    /**
     * For a token that no known key can verify: asks the issuer again if that is allowed now, waiting for a limited
     * time. Returns what is known then.
     */
    Optional<JWKSet> askAgain();
}
