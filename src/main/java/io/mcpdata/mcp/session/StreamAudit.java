package io.mcpdata.mcp.session;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.stream.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes one row when a stream opens, one when it closes, and rows for refusals; many refusals are summed up.
 * Thread-safe.
 */
public final class StreamAudit {

    private static final Logger LOG = System.getLogger(StreamAudit.class.getName());

    private final AuditLog audit;
    private final RefusalRows refusals;
    private final Clock clock;

    public StreamAudit(AuditLog audit, RefusalRows refusals, Clock clock) {
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** @throws AuditUnavailableException if the row cannot be kept; the stream must not open then */
    public void opened(McpSession session) {
        opened(session.kind().isStream() ? Type.STREAM_OPEN : Type.SESSION_OPEN, opener(session), categoryOf(session));
    }

    private static String categoryOf(McpSession session) {
        if (session.kind() == Kind.EVENTS) {
            return "events";
        }
        return session.initialization().isRestored() ? "restored" : "";
    }

    /** A stream is closed even if its row cannot be written. */
    public void closed(McpSession session, CloseReason reason) {
        Type type = session.kind().isStream() ? Type.STREAM_CLOSE : Type.SESSION_CLOSE;
        closed(type, opener(session), reason, session.age());
    }

    /** A stream that a session of {@code /mcp} opens beside its requests. */
    public void opened(Requester requester) {
        opened(Type.STREAM_OPEN, requester, "");
    }

    /** The same stream is closed. */
    public void closed(Requester requester, CloseReason reason, Duration age) {
        closed(Type.STREAM_CLOSE, requester, reason, age);
    }

    private static Requester opener(McpSession session) {
        return new Requester(session.caller(), session.origin());
    }

    private void opened(Type type, Requester requester, String category) {
        audit.record(row(type, Outcome.SUCCESS, requester).because(category, ""));
    }

    private void closed(Type type, Requester requester, CloseReason reason, Duration age) {
        AuditEvent row = row(type, reason.outcome(), requester)
                .because(reason.category(), "")
                .withFigures(age, -1);
        try {
            audit.record(row);
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "the end of a stream (" + reason.category() + ") could not be audited", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the end of a stream (" + reason.category() + ") could not be audited", e);
        }
    }

    /**
     * A client uses its stream of {@code /sse} without {@code initialize}.
     *
     * @throws AuditUnavailableException if the row cannot be kept; the message must not be answered then
     */
    public void usedWithoutInitialize(Requester requester) {
        opened(Type.SESSION_OPEN, requester, "without_initialize");
    }

    public void tooManyStreams(Requester requester) {
        refusals.add(row(Type.STREAM_OPEN, Outcome.DENIED, requester)
                .because("too_many_streams", "limits.streams_per_caller"));
    }

    public void tooManySessions(Requester requester) {
        refusals.add(row(Type.SESSION_OPEN, Outcome.DENIED, requester)
                .because("too_many_sessions", "limits.sessions_per_caller"));
    }

    public void sessionOfAnother(Requester requester) {
        refusals.add(row(Type.ACCESS_DENIED, Outcome.DENIED, requester).because("session_of_another", ""));
    }

    private AuditEvent row(Type type, Outcome outcome, Requester requester) {
        return AuditEvent.of(clock.instant(), type, outcome, requester.caller().auditSubject(), requester.origin());
    }
}
