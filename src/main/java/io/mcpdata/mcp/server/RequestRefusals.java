package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.mcp.exchange.Requester;
import java.time.Clock;

/**
 * Writes audit rows for messages and calls that are refused before a tool runs. Many of them are summed up in one row.
 * Thread-safe.
 */
public final class RequestRefusals {

    private final RefusalRows refusals;
    private final Clock clock;

    public RequestRefusals(RefusalRows refusals, Clock clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * A call that reaches no toolkit. Recording it costs the caller nothing.
     *
     * @param rule the limit that was reached, empty if there is none
     */
    void callNotBegun(Requester requester, CallRunner.Asked asked, String category, String rule) {
        RequestOrigin origin = TraceMeta.origin(requester, asked.request());
        refusals.add(
                refusal(asked.type(), requester, origin).because(category, rule).withCall(asked.tool(), "", ""));
    }

    /** A message that was not understood: what it asked for is unknown. */
    public void messageRefused(Requester requester, String category, String rule) {
        refusals.add(refusal(Type.ACCESS_DENIED, requester, requester.origin()).because(category, rule));
    }

    private AuditEvent refusal(Type type, Requester requester, RequestOrigin origin) {
        return AuditEvent.of(
                clock.instant(), type, Outcome.DENIED, requester.caller().auditSubject(), origin);
    }
}
