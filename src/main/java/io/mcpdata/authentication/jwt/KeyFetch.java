package io.mcpdata.authentication.jwt;

import io.mcpdata.jose.PublishedKeys;
import java.util.concurrent.CompletableFuture;

/** One look at where an issuer's keys are. Thread-safe. */
@FunctionalInterface
interface KeyFetch {

    /**
     * Never waits; ends within a bounded time, with a {@link KeysUnavailableException} if there is no answer that can be
     * read. One without a usable key is an answer: the issuer has none.
     */
    CompletableFuture<PublishedKeys> fetch();
}
