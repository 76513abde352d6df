package io.mcpdata.mcp.streamable;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.SubscriptionFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens the event streams of {@code /mcp} that are not answers to calls. Thread-safe. */
final class McpStreams {

    private final StreamableSessions sessions;
    private final SessionOpening opening;
    private final MessageReader messages;
    private final ActiveConfiguration configuration;
    private final StreamAudit audit;
    private final Executor executor;
    private final OutboundBudget budget;
    private final Clock clock;

    McpStreams(
            StreamableSessions sessions,
            SessionOpening opening,
            MessageReader messages,
            ActiveConfiguration configuration,
            StreamAudit audit,
            Executor executor,
            OutboundBudget budget,
            Clock clock) {
        this.sessions = sessions;
        this.opening = opening;
        this.messages = messages;
        this.configuration = configuration;
        this.audit = audit;
        this.executor = executor;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Opens the stream of a session for messages of the server, or the rest of a stream that was interrupted.
     *
     * @throws PostRefusedException if there is no such session, or the events after {@code lastEventId} are not kept
     */
    void open(Optional<String> sessionId, Optional<String> lastEventId, Requester requester, EventSink sink) {
        StreamableSession session = sessions.of(sessionId, requester);
        EventLog log = session.streams().messages();
        int seen = -1;
        if (lastEventId.isPresent()) {
            EventId event = EventId.of(lastEventId.get()).orElseThrow(() -> cannotResume(requester));
            log = session.streams().of(event).orElseThrow(() -> cannotResume(requester));
            seen = event.number();
        }
        audit.opened(requester);
        Instant opened = clock.instant();
        SseStream stream = new SseStream(
                sink,
                executor,
                clock,
                budget,
                requester.caller().identity(),
                reason -> audit.closed(requester, reason, Duration.between(opened, clock.instant())));
        LogReader reader = new LogReader(stream);
        if (lastEventId.isEmpty()) {
            // the head of the response goes out with this
            stream.offer(
                    session.initialization().revision().isSince(ProtocolVersion.V2025_11_25)
                            ? StreamEvent.priming(log.currentEventId())
                            : StreamEvent.heartbeat());
            log.read(reader);
        } else if (log.resume(seen, reader)) {
            stream.sendHeartbeat();
        } else {
            audit.closed(requester, CloseReason.FAILED, Duration.ZERO);
            throw cannotResume(requester);
        }
        session.streams().carry(stream, log);
    }

    /**
     * Opens a subscription of revision 2026-07-28. Its first message says which notifications the client will get.
     *
     * @throws PostRefusedException if the message is no such request, or the caller has as many streams as it may
     */
    void listen(PostRequest post, EventSink sink) {
        JsonRpcMessage message = messages.read(post);
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
            filter = SubscriptionFilter.from(request.params());
        } catch (ProtocolException e) {
            throw PostRefusedException.of(request.id(), e);
        }
        String id = RandomText.sessionId();
        Requester requester = post.requester();
        SseStream stream = new SseStream(
                sink, executor, clock, budget, requester.caller().identity(), reason -> opening.ended(id, reason));
        SubscriptionStream subscription = new SubscriptionStream(stream, request.id(), filter);
        McpSession session = McpSession.of(Kind.SUBSCRIPTION, id, requester, subscription, client, clock);
        if (!opening.open(session, configuration.config().limits().streamsPerCaller())) {
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
    void end(Optional<String> sessionId, Requester requester) {
        sessions.of(sessionId, requester).end();
    }

    private static PostRefusedException cannotResume(Requester requester) {
        return new PostRefusedException(Refusals.cannotResume(requester.origin().requestId()));
    }

    /** Carries a stream in the response to a {@code GET}. */
    private record LogReader(SseStream stream) implements EventLog.Reader {

        @Override
        public void event(StreamEvent event) {
            stream.offer(event);
        }

        @Override
        public void end() {
            stream.endWith(StreamEvent.heartbeat(), CloseReason.COMPLETE);
        }
    }
}
