package io.mcpdata.mcp.streamable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * The messages that streams of {@code /mcp} have sent lately, for clients that resume. Bounded in characters and in
 * time: what is evicted cannot be sent again, and the client is told so. Thread-safe.
 */
final class ReplayStore {

    static final Duration KEPT = Duration.ofMinutes(5);

    /** A sixteenth of the heap, in characters of two bytes. */
    static final long CHARACTERS = Runtime.getRuntime().maxMemory() / 32;

    private final Cache<String, String> messages;

    ReplayStore(long characters, Ticker ticker) {
        messages = Caffeine.newBuilder()
                .maximumWeight(characters)
                .<String, String>weigher((id, message) -> id.length() + message.length())
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void put(String eventId, String message) {
        messages.put(eventId, message);
    }

    void remove(String eventId) {
        messages.invalidate(eventId);
    }

    /** Empty if the message is not kept any more. */
    Optional<String> find(String eventId) {
        return Optional.ofNullable(messages.getIfPresent(eventId));
    }
}
