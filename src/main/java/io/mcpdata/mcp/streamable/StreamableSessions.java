package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
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
    private final SessionOpening opening;
    private final StreamAudit audit;
    private final ReplayStore store;
    private final Clock clock;
    private final Map<String, SessionStreams> streams = new ConcurrentHashMap<>();

    StreamableSessions(
            CallerLimits limits,
            McpSessions sessions,
            SessionOpening opening,
            StreamAudit audit,
            ReplayStore store,
            Clock clock) {
        this.limits = limits;
        this.sessions = sessions;
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
    StreamableSession open(Requester requester) {
        String id = RandomText.sessionId();
        SessionStreams of = new SessionStreams(store, clock, reason -> ended(id, reason));
        McpSession session =
                McpSession.of(Kind.STREAMABLE, id, requester, of, Initialization.ofStreamableHttp(), clock);
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
     * The session that a request names, now used by the request's credential.
     *
     * @param revision header {@code MCP-Protocol-Version}
     * @throws PostRefusedException if it names none, an unknown one or another caller's, or a revision that the
     *     platform does not have
     */
    StreamableSession of(Optional<String> id, Optional<String> revision, Requester requester) {
        String requestId = requester.origin().requestId();
        String named = id.orElseThrow(() -> new PostRefusedException(Refusals.sessionMissing(requestId)));
        Optional<McpSession> session =
                sessions.find(Kind.STREAMABLE, named, requester.caller().identity());
        Optional<SessionStreams> its = Optional.ofNullable(streams.get(named));
        if (session.isEmpty() || its.isEmpty()) {
            if (its.filter(SessionStreams::isOpen).isPresent()) {
                audit.sessionOfAnother(requester);
            }
            throw new PostRefusedException(Refusals.unknownSession(requestId));
        }
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
        session.get().renew(requester.caller().caller());
        session.get().touch();
        return new StreamableSession(session.get(), its.get());
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

    private void ended(String id, CloseReason reason) {
        streams.remove(id);
        opening.ended(id, reason);
    }
}
