package io.mcpdata.mcp.session;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.gateway.FeatureLists;
import io.mcpdata.mcp.exchange.ClientRequests;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.stream.ClientStream;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's conversation, bound to the caller who opened its stream. Thread-safe. */
public final class McpSession {

    /** What a session is to its client. */
    public enum Kind {
        /** A stream of {@code /sse}, which begins and ends the session. */
        SSE,
        /** A session of {@code /mcp}; it lives with and without a stream. */
        STREAMABLE,
        /** A {@code subscriptions/listen} request of {@code /mcp}, which has only its stream. */
        SUBSCRIPTION,
        /** A stream of audit rows, which carries no messages of MCP. */
        EVENTS;

        /** The name for operators. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether an open session is an open stream. */
        boolean isStream() {
            return this != STREAMABLE;
        }

        /** The permission without which it ends. */
        String permission() {
            return this == EVENTS ? Permission.EVENTS_READ : Permission.MCP_CONNECT;
        }

        /** Whether changed lists are reported to its client. */
        boolean hasLists() {
            return this != EVENTS;
        }
    }

    private final Kind kind;
    private final String id;
    private final String shownId = RandomText.streamId();
    private final Optional<KeyDigest> token;
    private final RequestOrigin origin;
    private final ClientStream stream;
    private final Clock clock;
    private final Instant openedAt;
    private final RunningCalls calls = new RunningCalls();
    private final Initialization initialization;
    private final ResourceSubscriptions subscriptions = new ResourceSubscriptions();
    private final ClientRequests requests = new ClientRequests();

    private volatile @Nullable ToldLists told;
    private volatile AuthorizedCaller caller;
    private volatile Instant lastRequest;

    /**
     * @param id unguessable, but not a credential
     * @param token digest of the session's own token; empty if its caller presents a credential with every request
     * @param opener the caller who opened the stream, and its address
     */
    public McpSession(String id, Optional<KeyDigest> token, Requester opener, ClientStream stream, Clock clock) {
        this(Kind.SSE, id, token, opener, stream, Initialization.ofSse(), clock);
    }

    private McpSession(
            Kind kind,
            String id,
            Optional<KeyDigest> token,
            Requester opener,
            ClientStream stream,
            Initialization initialization,
            Clock clock) {
        this.kind = kind;
        this.initialization = initialization;
        this.id = id;
        this.token = token;
        this.caller = opener.caller();
        this.origin = opener.origin();
        this.stream = stream;
        this.clock = clock;
        this.openedAt = clock.instant();
        this.lastRequest = openedAt;
    }

    /** A session without a token: its caller presents a credential with every request. */
    public static McpSession of(
            Kind kind, String id, Requester opener, ClientStream stream, Initialization initialization, Clock clock) {
        return new McpSession(kind, id, Optional.empty(), opener, stream, initialization, clock);
    }

    public Kind kind() {
        return kind;
    }

    public String id() {
        return id;
    }

    /** Names the session to others than its client; nothing can be sent with it. */
    String shownId() {
        return shownId;
    }

    /**
     * Whether this is the session's token. A wrong token takes as long to compare, and no token fits a session without
     * one.
     */
    public boolean hasToken(KeyDigest presented) {
        return token.isPresent() && MessageDigest.isEqual(bytes(token.get()), bytes(presented));
    }

    private static byte[] bytes(KeyDigest digest) {
        return digest.hex().getBytes(StandardCharsets.US_ASCII);
    }

    boolean belongsTo(String identity) {
        return caller.identity().equals(identity);
    }

    /**
     * The caller who opened the stream, with the persona last seen; each call is made for the caller of its own
     * request.
     */
    public AuthorizedCaller caller() {
        return caller;
    }

    /**
     * The caller presented this credential with a message: the stream now lives as long as this credential, unless it
     * expires earlier than the previous one. The next check of the session updates the persona.
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

    /** The caller has this persona from now on; the session keeps the newest credential presented. */
    synchronized void adopt(Persona persona) {
        caller = new AuthorizedCaller(caller.caller(), persona);
    }

    /** The address and request that opened the stream. */
    public RequestOrigin origin() {
        return origin;
    }

    public ClientStream stream() {
        return stream;
    }

    public RunningCalls calls() {
        return calls;
    }

    /** The resources whose updates the client wants to be told. */
    public ResourceSubscriptions subscriptions() {
        return subscriptions;
    }

    /** The requests of the server that the client has not answered yet. */
    public ClientRequests requests() {
        return requests;
    }

    /**
     * What the client's lists consisted of when a change was last reported to it, or when the session opened.
     *
     * @param version of the features
     */
    record ToldLists(FeatureLists lists, long version) {}

    /** Empty before the session is open. */
    Optional<ToldLists> told() {
        return Optional.ofNullable(told);
    }

    void tell(ToldLists lists) {
        told = lists;
    }

    Instant openedAt() {
        return openedAt;
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
