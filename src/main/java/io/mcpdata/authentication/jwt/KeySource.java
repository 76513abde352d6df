package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/** Where an issuer's public keys come from. Thread-safe. */
public interface KeySource {

    /** The keys known now, the same object as long as they are the same keys; never waits. Empty if none are known. */
    Optional<JWKSet> known();

    /**
     * For a token that the known keys cannot judge: asks the issuer again if that may be done now, waiting for a bounded
     * time. Gives what is known then.
     */
    Optional<JWKSet> askAgain();
}
