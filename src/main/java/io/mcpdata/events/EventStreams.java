package io.mcpdata.events;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.lifecycle.Shutdown;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.session.WatchSchedule;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerLimits;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Opens streams of audit rows. They count as streams of their caller, and end with its credential, like those of MCP.
 * Thread-safe.
 */
public final class EventStreams {

    private final EventTail tail;
    private final AuditReader reader;
    private final SessionOpening opening;
    private final StreamAudit audit;
    private final CallerLimits limits;
    private final WatchSchedule watch;
    private final Shutdown shutdown;
    private final Executor executor;
    private final Clock clock;

    EventStreams(
            EventTail tail,
            AuditReader reader,
            SessionOpening opening,
            StreamAudit audit,
            CallerLimits limits,
            WatchSchedule watch,
            Shutdown shutdown,
            Executor executor,
            Clock clock) {
        this.tail = tail;
        this.reader = reader;
        this.opening = opening;
        this.audit = audit;
        this.limits = limits;
        this.watch = watch;
        this.shutdown = shutdown;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * What a caller asks for.
     *
     * @param after the number of the last row that the caller has, at most that of the newest; empty for new rows only
     */
    public record Wish(AuthorizedCaller caller, RequestOrigin origin, AuditFilter filter, OptionalLong after) {}

    /** The number of the newest row. */
    public long newest() {
        return tail.newest();
    }

    /**
     * Opens a stream. False, and nothing is sent, if the caller holds as many streams as it may.
     *
     * @param audited writes the row about this reading; if it throws, nothing is sent
     * @throws AuditUnavailableException if the opening cannot be audited; nothing is sent then either
     * @throws RejectedExecutionException if the server has no thread for the stream, or is ending
     */
    public boolean open(Wish wish, EventSink sink, Runnable audited) {
        if (shutdown.hasBegun()) {
            throw new RejectedExecutionException("the server is ending");
        }
        watch.ensureRunning();
        long newest = tail.newest();
        Opened opened = new Opened(wish, sink, wish.after().orElse(newest));
        Requester requester = new Requester(wish.caller(), wish.origin());
        McpSession session =
                McpSession.of(Kind.EVENTS, opened.id, requester, opened.events, Initialization.ofSse(), clock);
        if (!limits.mayOpen(wish.caller())
                || !opening.open(session, limits.of(wish.caller()).streamsPerCaller())) {
            audit.tooManyStreams(requester);
            return false;
        }
        boolean begun = false;
        try {
            audited.run();
            begin(opened.events, wish.after(), newest);
            begun = true;
        } finally {
            if (!begun) {
                opening.ended(opened.id, CloseReason.FAILED);
            }
        }
        return true;
    }

    private void begin(EventStream stream, OptionalLong after, long newest) {
        OptionalLong oldest = after.isPresent() ? reader.oldest() : OptionalLong.empty();
        stream.begin(newest);
        if (oldest.isPresent() && after.getAsLong() < oldest.getAsLong() - 1) {
            stream.skipTo(oldest.getAsLong());
        }
        tail.add(stream);
    }

    /** A stream, and what its end needs. */
    private final class Opened {

        private final String id = RandomText.sessionId();
        private final EventStream events;

        Opened(Wish wish, EventSink sink, long position) {
            StreamRoom room = new StreamRoom();
            SseStream stream = new SseStream(sink, executor, clock, room, this::closed, this::drained);
            this.events = new EventStream(stream, room, wish.filter(), tail, position);
        }

        private void closed(CloseReason reason) {
            tail.remove(events);
            opening.ended(id, reason);
        }

        private void drained() {
            events.advance();
        }
    }
}
