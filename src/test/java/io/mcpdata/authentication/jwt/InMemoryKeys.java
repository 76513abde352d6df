package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/** Keys that a test changes; counts how often the issuer would have been asked. */
final class InMemoryKeys implements KeySource {

    private Optional<JWKSet> known;
    private Optional<JWKSet> atTheIssuer;
    private int questions;

    InMemoryKeys(JWKSet keys) {
        this.known = Optional.of(keys);
        this.atTheIssuer = known;
    }

    void forget() {
        known = Optional.empty();
        atTheIssuer = Optional.empty();
    }

    /** The keys that the next request finds. */
    void publish(JWKSet keys) {
        atTheIssuer = Optional.of(keys);
    }

    int questions() {
        return questions;
    }

    @Override
    public Optional<JWKSet> known() {
        return known;
    }

    @Override
    public Optional<JWKSet> askAgain() {
        questions++;
        known = atTheIssuer;
        return known;
    }
}
