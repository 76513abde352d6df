package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.ProtocolVersion;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of {@code /mcp}. A caller that opens more than it may have loses the one it has not used for the longest
 * time, because many clients do not end their sessions. Thread-safe.
 */
final class StreamableSessions {

    /** How many sessions may end for one: more than one if the limit has been lowered. */
    private static final int MOST_EVICTED = 100;

    private final CallerLimits limits;
    private final McpSessions sessions;
    private final RestorableSessions restorable;
    private final SessionOpening opening;
    private final StreamAudit audit;
    private final ReplayStore store;
    private final Clock clock;
    private final Map<String, SessionStreams> streams = new ConcurrentHashMap<>();

    StreamableSessions(
            CallerLimits limits,
            McpSessions sessions,
            RestorableSessions restorable,
            SessionOpening opening,
            StreamAudit audit,
            ReplayStore store,
            Clock clock) {
        this.limits = limits;
        this.sessions = sessions;
        this.restorable = restorable;
        this.opening = opening;
        this.audit = audit;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Opens a session for a client that initializes.
     *
     * @throws PostRefusedException if the caller has too many, and calls run in all of them, or opens too many within a minute
     * @throws io.mcpdata.audit.AuditUnavailableException if the session cannot be audited; it is not opened then
     */
    StreamableSession open(Requester requester, InitializeRequest request) {
        String id = restorable.ids().next(requester.caller().identity(), request);
        return begin(id, requester, Initialization.ofStreamableHttp());
    }

    private StreamableSession begin(String id, Requester requester, Initialization client) {
        SessionStreams of = new SessionStreams(store, clock, reason -> ended(id, client, reason));
        McpSession session = McpSession.of(Kind.STREAMABLE, id, requester, of, client, clock);
        streams.put(id, of);
        boolean opened = false;
        try {
            opened = limits.mayOpen(requester.caller()) && opened(session, requester);
        } finally {
            if (!opened) {
                streams.remove(id);
            }
        }
        if (!opened) {
            audit.tooManySessions(requester);
            throw new PostRefusedException(
                    Refusals.tooManySessions(requester.origin().requestId()));
        }
        return new StreamableSession(session, of);
    }

    /**
     * The session that a request names, now used by the request's credential. One of an earlier start of the server is
     * restored, as far as its id says what it was.
     *
     * @param revision header {@code MCP-Protocol-Version}
     * @throws PostRefusedException if it names none, an unknown one or another caller's, or a revision that the
     *     platform does not have, or if the caller cannot open a session now
     * @throws io.mcpdata.audit.AuditUnavailableException if the session cannot be audited; it is not restored then
     */
    StreamableSession of(Optional<String> id, Optional<String> revision, Requester requester) {
        String named = named(id, requester);
        return used(
                find(named, requester).or(() -> restore(named, requester)).orElseThrow(() -> unknown(named, requester)),
                revision,
                requester);
    }

    /** The same, of the sessions that are open. */
    StreamableSession ofOpen(Optional<String> id, Optional<String> revision, Requester requester) {
        String named = named(id, requester);
        return used(find(named, requester).orElseThrow(() -> unknown(named, requester)), revision, requester);
    }

    /**
     * Ends a session for its client; one of an earlier start is not restored from now on.
     *
     * @throws PostRefusedException if there is no such session
     */
    void end(Optional<String> id, Optional<String> revision, Requester requester) {
        String named = named(id, requester);
        synchronized (restorable.lock(named)) {
            if (!streams.containsKey(named)
                    && restorable.find(named, requester.caller().identity()).isPresent()) {
                restorable.ended(named);
                return;
            }
        }
        ofOpen(id, revision, requester).end();
    }

    private static String named(Optional<String> id, Requester requester) {
        return id.orElseThrow(() -> new PostRefusedException(
                Refusals.sessionMissing(requester.origin().requestId())));
    }

    private Optional<StreamableSession> find(String id, Requester requester) {
        Optional<SessionStreams> its = Optional.ofNullable(streams.get(id));
        return sessions.find(Kind.STREAMABLE, id, requester.caller().identity())
                .flatMap(session -> its.map(of -> new StreamableSession(session, of)));
    }

    private Optional<StreamableSession> restore(String id, Requester requester) {
        String identity = requester.caller().identity();
        if (restorable.find(id, identity).isEmpty()) {
            return Optional.empty();
        }
        synchronized (restorable.lock(id)) {
            // another request may have restored it meanwhile, and it may even be ending
            return streams.containsKey(id)
                    ? find(id, requester)
                    : restorable.find(id, identity).map(client -> begin(id, requester, client));
        }
    }

    private PostRefusedException unknown(String id, Requester requester) {
        if (Optional.ofNullable(streams.get(id)).filter(SessionStreams::isOpen).isPresent()
                || restorable.ids().isOfAnother(id, requester.caller().identity())) {
            audit.sessionOfAnother(requester);
        }
        return new PostRefusedException(
                Refusals.unknownSession(requester.origin().requestId()));
    }

    private static StreamableSession used(StreamableSession session, Optional<String> revision, Requester requester) {
        if (revision.isPresent()
                && revision.flatMap(ProtocolVersion::of)
                        .filter(ProtocolVersion::isOfStreamableHttp)
                        .isEmpty()) {
            throw PostRefusedException.of(
                    PostRefusedException.BAD_REQUEST,
                    ErrorCode.INVALID_REQUEST,
                    "the header MCP-Protocol-Version names no revision of this server: send the one of the answer to"
                            + " initialize");
        }
        session.session().renew(requester.caller().caller());
        session.session().touch();
        return session;
    }

    /** Another thread of the same caller may take the place of an evicted session, so this tries again. */
    private boolean opened(McpSession session, Requester requester) {
        String identity = requester.caller().identity();
        int most = limits.of(requester.caller()).sessionsPerCaller();
        for (int evicted = 0; evicted < MOST_EVICTED; evicted++) {
            if (opening.open(session, most)) {
                return true;
            }
            Optional<McpSession> oldest = sessions.leastRecentlyUsed(Kind.STREAMABLE, identity);
            if (oldest.isEmpty()) {
                return false;
            }
            oldest.get().stream().close(CloseReason.EVICTED);
            // its place is free at once, although its streams close later
            opening.ended(oldest.get().id(), CloseReason.EVICTED);
        }
        return opening.open(session, most);
    }

    private void ended(String id, Initialization client, CloseReason reason) {
        if (client.isRestored()) {
            restorable.ended(id);
        }
        streams.remove(id);
        opening.ended(id, reason);
    }
}
