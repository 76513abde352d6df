package io.mcpdata.authentication.jwt;

import io.mcpdata.jose.PublishedKeys;
import java.util.concurrent.CompletableFuture;

/** One request for an issuer's keys. Thread-safe. */
@FunctionalInterface
interface KeyFetch {

    /**
     * Never waits; ends within a limited time, with a {@link KeysUnavailableException} if there is no readable answer.
     * An answer without a usable key is valid: the issuer has none.
     */
    CompletableFuture<PublishedKeys> fetch();
}
