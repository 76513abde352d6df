package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletableFuture;

/** One look at where an issuer's keys are. Thread-safe. */
@FunctionalInterface
interface KeyFetch {

    /** Never waits; ends within a bounded time, with a {@link KeysUnavailableException} if there is no usable key. */
    CompletableFuture<JWKSet> fetch();
}
