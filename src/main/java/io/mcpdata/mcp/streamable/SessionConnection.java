package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.session.OpenResponses.OpenResponse;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries a stream of a session in the response to a {@code GET}. Events that come before the opening is audited wait
 * for that. Thread-safe.
 */
final class SessionConnection implements EventLog.Reader, OpenResponse {

    private final StreamableSession session;
    private final EventLog log;
    private final Requester requester;
    private final OpenResponses responses;
    private final StreamAudit audit;
    private final Clock clock;
    private final Instant opened;
    private final SseStream stream;

    SessionConnection(
            StreamableSession session,
            EventLog log,
            Requester requester,
            OpenResponses responses,
            StreamAudit audit,
            Clock clock,
            Function<Consumer<CloseReason>, SseStream> stream) {
        this.session = session;
        this.log = log;
        this.requester = requester;
        this.responses = responses;
        this.audit = audit;
        this.clock = clock;
        this.opened = clock.instant();
        this.stream = stream.apply(this::closed);
    }

    /** The opening is audited: now events may be sent. */
    void begin() {
        // the head of the response goes out with the first event
        stream.begin(StreamEvent.heartbeat());
    }

    SseStream stream() {
        return stream;
    }

    private void closed(CloseReason reason) {
        log.leave(this);
        responses.remove(this);
        session.streams().closed(log, this);
        audit.closed(requester, reason, Duration.between(opened, clock.instant()));
    }

    @Override
    public Requester requester() {
        return requester;
    }

    @Override
    public void abort(CloseReason reason) {
        stream.close(reason);
    }

    @Override
    public void event(StreamEvent event) {
        stream.offer(event);
    }

    @Override
    public void end() {
        stream.endWith(StreamEvent.heartbeat(), CloseReason.COMPLETE);
    }
}
