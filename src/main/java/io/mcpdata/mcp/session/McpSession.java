package io.mcpdata.mcp.session;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One client's conversation, bound to the caller who opened its stream. Thread-safe. */
public final class McpSession {

    private final String id;
    private final Optional<KeyDigest> token;
    private final RequestOrigin origin;
    private final SseStream stream;
    private final Clock clock;
    private final Instant openedAt;
    private final RunningCalls calls = new RunningCalls();
    private final Initialization initialization = new Initialization();

    private volatile AuthorizedCaller caller;
    private volatile Instant lastRequest;

    /**
     * @param id unguessable, yet no credential
     * @param token digest of the session's own token; empty if its caller presents a credential with every request
     * @param opener who opened the stream and from where
     */
    public McpSession(String id, Optional<KeyDigest> token, Requester opener, SseStream stream, Clock clock) {
        this.id = id;
        this.token = token;
        this.caller = opener.caller();
        this.origin = opener.origin();
        this.stream = stream;
        this.clock = clock;
        this.openedAt = clock.instant();
        this.lastRequest = openedAt;
    }

    public String id() {
        return id;
    }

    /** Whether this is the token the session was given; takes as long for a wrong one, and no token fits a session without. */
    public boolean hasToken(KeyDigest presented) {
        return token.isPresent() && MessageDigest.isEqual(bytes(token.get()), bytes(presented));
    }

    private static byte[] bytes(KeyDigest digest) {
        return digest.hex().getBytes(StandardCharsets.US_ASCII);
    }

    boolean belongsTo(String identity) {
        return caller.identity().equals(identity);
    }

    /** Who opened the stream, with the persona last seen; calls are made for the caller of their own request. */
    public AuthorizedCaller caller() {
        return caller;
    }

    /**
     * Its caller presented this credential with a message: from now on the stream lives by it, unless it ends earlier
     * than the one before. The persona follows when the session is looked after next.
     */
    public synchronized void renew(PlatformCaller presented) {
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
    public RequestOrigin origin() {
        return origin;
    }

    public SseStream stream() {
        return stream;
    }

    public RunningCalls calls() {
        return calls;
    }

    Duration age() {
        return Duration.between(openedAt, clock.instant());
    }

    public void touch() {
        lastRequest = clock.instant();
    }

    /** The moment of the last request. */
    Instant lastRequest() {
        return lastRequest;
    }

    public Initialization initialization() {
        return initialization;
    }
}
