package io.mcpdata.mcp.session;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.mcp.session.McpSession.Kind;
import java.time.Instant;

/**
 * What an administrator sees of a session or a stream. Immutable.
 *
 * @param id names it here; its client has another id, which is not shown
 * @param caller with the persona that was last seen
 * @param origin the request that opened it
 * @param lastRequest the moment of the last message of its client
 * @param runningCalls requests that are not answered yet
 * @param listening whether the server can send messages now
 * @param revision of MCP; empty for a stream of audit rows
 */
public record OpenSession(
        String id,
        Kind kind,
        AuditSubject caller,
        RequestOrigin origin,
        Instant openedAt,
        Instant lastRequest,
        int runningCalls,
        boolean listening,
        String revision) {

    static OpenSession of(McpSession session) {
        return new OpenSession(
                session.shownId(),
                session.kind(),
                session.caller().auditSubject(),
                session.origin(),
                session.openedAt(),
                session.lastRequest(),
                session.calls().count(),
                session.kind().isStream() || session.stream().isWanted(),
                session.kind() == Kind.EVENTS
                        ? ""
                        : session.initialization().revision().label());
    }
}
