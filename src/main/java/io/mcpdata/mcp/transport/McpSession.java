package io.mcpdata.mcp.transport;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One client's conversation, bound to the caller who opened its stream. Thread-safe. */
final class McpSession {

    private final SessionKey key;
    private final RequestOrigin origin;
    private final SseStream stream;
    private final Clock clock;
    private final Instant openedAt;
    private final RunningCalls calls = new RunningCalls();

    private volatile AuthorizedCaller caller;
    private volatile Instant lastRequest;
    private volatile boolean initialized;
    private volatile boolean readsStructuredContent;

    McpSession(SessionKey key, AuthorizedCaller caller, RequestOrigin origin, SseStream stream, Clock clock) {
        this.key = key;
        this.caller = caller;
        this.origin = origin;
        this.stream = stream;
        this.clock = clock;
        this.openedAt = clock.instant();
        this.lastRequest = openedAt;
    }

    String id() {
        return key.id();
    }

    /** Whether this is the token the session was given; takes as long for a wrong one, and no token fits a session without. */
    boolean hasToken(KeyDigest presented) {
        Optional<KeyDigest> token = key.token();
        return token.isPresent() && MessageDigest.isEqual(bytes(token.get()), bytes(presented));
    }

    private static byte[] bytes(KeyDigest digest) {
        return digest.hex().getBytes(StandardCharsets.US_ASCII);
    }

    boolean belongsTo(String identity) {
        return caller.identity().equals(identity);
    }

    /** Who opened the stream, with the persona last seen; calls are made for the caller of their own request. */
    AuthorizedCaller caller() {
        return caller;
    }

    /**
     * Its caller presented this credential with a message: from now on the stream lives by it, unless it ends earlier
     * than the one before. The persona follows when the session is looked after next.
     */
    synchronized void renew(PlatformCaller presented) {
        PlatformCaller before = caller.caller();
        boolean endsEarlier = presented
                .expiresAt()
                .filter(end ->
                        before.expiresAt().filter(other -> !end.isBefore(other)).isEmpty())
                .isPresent();
        if (presented != before && !endsEarlier) {
            caller = new AuthorizedCaller(presented, caller.persona());
        }
    }

    /** Its caller is this persona now; the credential stays the newest one presented. */
    synchronized void adopt(Persona persona) {
        caller = new AuthorizedCaller(caller.caller(), persona);
    }

    /** Where the stream was opened from. */
    RequestOrigin origin() {
        return origin;
    }

    SseStream stream() {
        return stream;
    }

    RunningCalls calls() {
        return calls;
    }

    Duration age() {
        return Duration.between(openedAt, clock.instant());
    }

    void touch() {
        lastRequest = clock.instant();
    }

    /** The moment of the last request. */
    Instant lastRequest() {
        return lastRequest;
    }

    boolean isInitialized() {
        return initialized;
    }

    /** Whether its client knows structured content. The revision that the client asked for decides, not the negotiated one. */
    boolean readsStructuredContent() {
        return readsStructuredContent;
    }

    /** False if it was initialized before. */
    synchronized boolean initialize(boolean clientReadsStructuredContent) {
        if (initialized) {
            return false;
        }
        readsStructuredContent = clientReadsStructuredContent;
        initialized = true;
        return true;
    }
}
