package io.mcpdata.mcp.session;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.mcp.exchange.Requester;
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
        audit.record(AuditEvent.of(
                clock.instant(),
                session.kind().isStream() ? Type.STREAM_OPEN : Type.SESSION_OPEN,
                Outcome.SUCCESS,
                session.caller().auditSubject(),
                session.origin()));
    }

    /** A stream is closed even if its row cannot be written. */
    public void closed(McpSession session, CloseReason reason) {
        AuditEvent row = AuditEvent.of(
                        clock.instant(),
                        session.kind().isStream() ? Type.STREAM_CLOSE : Type.SESSION_CLOSE,
                        reason.outcome(),
                        session.caller().auditSubject(),
                        session.origin())
                .because(reason.category(), "")
                .withFigures(session.age(), -1);
        recordEnd(row, reason);
    }

    /** A stream that a session of {@code /mcp} opens beside its requests. */
    public void opened(Requester requester) {
        audit.record(AuditEvent.of(
                clock.instant(),
                Type.STREAM_OPEN,
                Outcome.SUCCESS,
                requester.caller().auditSubject(),
                requester.origin()));
    }

    /** The same stream is closed. */
    public void closed(Requester requester, CloseReason reason, Duration age) {
        AuditEvent row = AuditEvent.of(
                        clock.instant(),
                        Type.STREAM_CLOSE,
                        reason.outcome(),
                        requester.caller().auditSubject(),
                        requester.origin())
                .because(reason.category(), "")
                .withFigures(age, -1);
        recordEnd(row, reason);
    }

    private void recordEnd(AuditEvent row, CloseReason reason) {
        try {
            audit.record(row);
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "the end of a stream (" + reason.category() + ") could not be audited", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the end of a stream (" + reason.category() + ") could not be audited", e);
        }
    }

    public void tooManyStreams(Requester requester) {
        refusals.add(refusal(Type.STREAM_OPEN, requester).because("too_many_streams", "limits.streams_per_caller"));
    }

    public void tooManySessions(Requester requester) {
        refusals.add(refusal(Type.SESSION_OPEN, requester).because("too_many_sessions", ""));
    }

    public void sessionOfAnother(Requester requester) {
        refusals.add(refusal(Type.ACCESS_DENIED, requester).because("session_of_another", ""));
    }

    private AuditEvent refusal(Type type, Requester requester) {
        return AuditEvent.of(
                clock.instant(), type, Outcome.DENIED, requester.caller().auditSubject(), requester.origin());
    }
}
