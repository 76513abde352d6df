package io.mcpdata.mcp.transport;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** One row when a stream opens, one when it closes, and the refusals, a flood of which is summed up. Thread-safe. */
final class StreamAudit {

    private static final Logger LOG = System.getLogger(StreamAudit.class.getName());

    private final AuditLog audit;
    private final RefusalRows refusals;
    private final Clock clock;

    StreamAudit(AuditLog audit, RefusalRows refusals, Clock clock) {
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** @throws AuditUnavailableException if the row cannot be kept: the stream must not open then */
    void opened(McpSession session) {
        audit.record(AuditEvent.of(
                clock.instant(),
                Type.STREAM_OPEN,
                Outcome.SUCCESS,
                session.caller().auditSubject(),
                session.origin()));
    }

    /** A stream is closed even if nobody can write that down. */
    void closed(McpSession session, CloseReason reason) {
        AuditEvent row = AuditEvent.of(
                        clock.instant(),
                        Type.STREAM_CLOSE,
                        reason.outcome(),
                        session.caller().auditSubject(),
                        session.origin())
                .because(reason.category(), "")
                .withFigures(session.age(), -1);
        try {
            audit.record(row);
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "the end of a stream (" + reason.category() + ") could not be audited", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the end of a stream (" + reason.category() + ") could not be audited", e);
        }
    }

    void tooManyStreams(AuthorizedCaller caller, RequestOrigin origin) {
        refusals.add(
                refusal(Type.STREAM_OPEN, caller, origin).because("too_many_streams", "limits.streams_per_caller"));
    }

    void sessionOfAnother(Requester requester) {
        refusals.add(refusal(Type.ACCESS_DENIED, requester.caller(), requester.origin())
                .because("session_of_another", ""));
    }

    /**
     * A call that came to no tool. It costs its caller nothing.
     *
     * @param tool the tool asked for, empty if that cannot be told
     * @param rule the limit that was reached, empty if there is none
     */
    void callNotBegun(Requester requester, String tool, String category, String rule) {
        refusals.add(refusal(Type.TOOL_CALL, requester.caller(), requester.origin())
                .because(category, rule)
                .withCall(tool, "", ""));
    }

    /** A message that was not understood: what it asked for is unknown. */
    void messageRefused(Requester requester, String category, String rule) {
        refusals.add(refusal(Type.ACCESS_DENIED, requester.caller(), requester.origin())
                .because(category, rule));
    }

    private AuditEvent refusal(Type type, AuthorizedCaller caller, RequestOrigin origin) {
        return AuditEvent.of(clock.instant(), type, Outcome.DENIED, caller.auditSubject(), origin);
    }
}
