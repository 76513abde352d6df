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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private final List<Consumer<SseStream>> early = new ArrayList<>();
    private boolean begun;
    private @Nullable SseStream stream;

    SessionConnection(
            StreamableSession session,
            EventLog log,
            Requester requester,
            OpenResponses responses,
            StreamAudit audit,
            Clock clock) {
        this.session = session;
        this.log = log;
        this.requester = requester;
        this.responses = responses;
        this.audit = audit;
        this.clock = clock;
        this.opened = clock.instant();
    }

    /** The stream whose end calls {@link #closed}. */
    synchronized void over(SseStream of) {
        stream = of;
    }

    /** The opening is audited: now events may be sent. */
    synchronized void begin() {
        begun = true;
        // the head of the response goes out with the first event
        pass(SseStream::sendHeartbeat);
        early.forEach(this::pass);
        early.clear();
    }

    private synchronized void pass(Consumer<SseStream> action) {
        if (!begun) {
            early.add(action);
        } else if (stream != null) {
            action.accept(stream);
        }
    }

    void closed(CloseReason reason) {
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
        pass(of -> of.close(reason));
    }

    @Override
    public void event(StreamEvent event) {
        pass(of -> of.offer(event));
    }

    @Override
    public void end() {
        pass(of -> of.endWith(StreamEvent.heartbeat(), CloseReason.COMPLETE));
    }
}
