package io.mcpdata.mcp.streamable;

import io.mcpdata.background.CallerCounts;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.session.PersonaWatch;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.SubscriptionFilter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens the event streams of {@code /mcp} that are not answers to calls. Thread-safe. */
final class McpStreams {

    private final StreamableSessions sessions;
    private final SessionOpening opening;
    private final OpenResponses responses;
    private final CallerCounts connections = new CallerCounts();
    private final MessageReader messages;
    private final CallerLimits limits;
    private final StreamAudit audit;
    private final Executor executor;
    private final OutboundBudget budget;
    private final Clock clock;

    McpStreams(
            StreamableSessions sessions,
            SessionOpening opening,
            OpenResponses responses,
            MessageReader messages,
            CallerLimits limits,
            StreamAudit audit,
            Executor executor,
            OutboundBudget budget,
            Clock clock) {
        this.sessions = sessions;
        this.opening = opening;
        this.responses = responses;
        this.messages = messages;
        this.limits = limits;
        this.audit = audit;
        this.executor = executor;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * A request for a stream of a session.
     *
     * @param sessionId header {@code Mcp-Session-Id}
     * @param revision header {@code MCP-Protocol-Version}
     * @param lastEventId header {@code Last-Event-ID}
     */
    record Wish(
            Optional<String> sessionId, Optional<String> revision, Optional<String> lastEventId, Requester requester) {}

    /**
     * Opens the stream of a session for messages of the server, or the rest of a stream that was interrupted. In a
     * restored session, the messages of the earlier start are lost: a new stream begins, and its client is told that
     * every list may have changed.
     *
     * @throws PostRefusedException if there is no such session, the events after {@code lastEventId} are not kept, or
     *     the caller has as many streams as it may
     */
    void open(Wish wish, EventSink sink) {
        Requester requester = wish.requester();
        String identity = requester.caller().identity();
        StreamableSession session = sessions.of(wish.sessionId(), wish.revision(), requester);
        boolean restored = session.initialization().isRestored();
        // the server that was ended took its events with it
        Optional<EventId> seen = wish.lastEventId()
                .map(text -> EventId.of(text).orElseThrow(() -> cannotResume(requester)))
                .filter(event -> !(restored
                        && event.isOfMessages()
                        && session.streams().of(event).isEmpty()));
        EventLog log = seen.map(event -> session.streams().of(event).orElseThrow(() -> cannotResume(requester)))
                .orElseGet(() -> session.streams().messages());
        if (!limits.mayOpen(requester.caller())
                || !connections.begin(identity, limits.of(requester.caller()).streamsPerCaller())) {
            audit.tooManyStreams(requester);
            throw new PostRefusedException(
                    Refusals.tooManyStreams(requester.origin().requestId()));
        }
        boolean opened = false;
        try {
            opened = connect(session, log, seen, requester, new CountedSink(sink, () -> connections.end(identity)));
        } finally {
            if (!opened) {
                connections.end(identity);
            }
        }
        if (!opened) {
            throw cannotResume(requester);
        }
        if (restored && seen.isEmpty()) {
            PersonaWatch.ALL_CHANGED.forEach(session.streams()::notify);
        }
    }

    private boolean connect(
            StreamableSession session, EventLog log, Optional<EventId> seen, Requester requester, EventSink sink) {
        SessionConnection connection = new SessionConnection(
                session,
                log,
                requester,
                responses,
                audit,
                clock,
                closed -> new SseStream(sink, executor, clock, budgetOf(requester), closed));
        if (seen.isPresent()) {
            if (!log.resume(seen.get().number(), connection)) {
                return false;
            }
        } else {
            log.read(connection, session.initialization().revision().isSince(ProtocolVersion.V2025_11_25));
        }
        try {
            audit.opened(requester);
        } catch (RuntimeException | Error e) {
            log.leave(connection);
            throw e;
        }
        responses.add(connection);
        session.streams().carry(connection.stream(), log, connection);
        connection.begin();
        return true;
    }

    /**
     * Opens a subscription of revision 2026-07-28. Its first message says which notifications the client will get.
     *
     * @throws PostRefusedException if the message is no such request, or the caller has as many streams as it may
     */
    void listen(PostRequest post, EventSink sink) {
        JsonRpcMessage message = messages.read(post.requester(), post.body());
        if (!(message instanceof JsonRpcRequest request) || !StatelessRequest.is(post, message)) {
            throw PostRefusedException.of(
                    PostRefusedException.BAD_REQUEST,
                    ErrorCode.HEADER_MISMATCH,
                    "Header mismatch: header Mcp-Method names a method of revision 2026-07-28, and the body is no"
                            + " request of it");
        }
        Initialization client = StatelessRequest.understood(post, request);
        SubscriptionFilter filter;
        try {
            filter = SubscriptionFilter.from(request.params(), client.capabilities())
                    .limitedTo(uri -> opening.maySubscribe(post.requester(), uri));
        } catch (ProtocolException e) {
            throw PostRefusedException.of(request.id(), e);
        }
        String id = RandomText.sessionId();
        Requester requester = post.requester();
        SseStream stream =
                new SseStream(sink, executor, clock, budgetOf(requester), reason -> opening.ended(id, reason));
        SubscriptionStream subscription = new SubscriptionStream(stream, request.id(), filter);
        McpSession session = McpSession.of(Kind.SUBSCRIPTION, id, requester, subscription, client, clock);
        filter.resources().forEach(session.subscriptions()::add);
        if (!limits.mayOpen(requester.caller())
                || !opening.open(session, limits.of(requester.caller()).streamsPerCaller())) {
            audit.tooManyStreams(requester);
            throw new PostRefusedException(
                    Refusals.tooManyStreams(requester.origin().requestId()));
        }
        subscription.acknowledge();
    }

    /**
     * Ends a session for its client.
     *
     * @throws PostRefusedException if there is no such session
     */
    void end(Optional<String> sessionId, Optional<String> revision, Requester requester) {
        sessions.end(sessionId, revision, requester);
    }

    private OutboundBudget.Share budgetOf(Requester requester) {
        AuthorizedCaller caller = requester.caller();
        return budget.of(caller.identity(), () -> limits.of(caller).callsPerCaller());
    }

    private static PostRefusedException cannotResume(Requester requester) {
        return new PostRefusedException(Refusals.cannotResume(requester.origin().requestId()));
    }
}
