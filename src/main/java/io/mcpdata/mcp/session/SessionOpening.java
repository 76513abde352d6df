package io.mcpdata.mcp.session;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.stream.CloseReason;

/** Opens sessions and removes them when they end, each with its audit row. Thread-safe. */
public final class SessionOpening {

    private final McpSessions sessions;
    private final StreamAudit audit;
    private final PersonaWatch personas;

    public SessionOpening(McpSessions sessions, StreamAudit audit, PersonaWatch personas) {
        this.sessions = sessions;
        this.audit = audit;
        this.personas = personas;
    }

    /**
     * False, and nothing is opened, if the caller has as many sessions of this kind as it may.
     *
     * @throws AuditUnavailableException if the opening cannot be audited; nothing is opened then either
     */
    public boolean open(McpSession session, int most) {
        personas.begin(session);
        if (!sessions.add(session, most)) {
            return false;
        }
        try {
            audit.opened(session);
        } catch (RuntimeException | Error e) {
            sessions.remove(session.id());
            throw e;
        }
        return true;
    }

    /** Whether the caller may read a resource of this URI, and so get its updates; a refusal has its audit row. */
    public boolean maySubscribe(Requester requester, String uri) {
        return personas.maySubscribe(requester, uri);
    }

    /** The session's stream is closed. Only the first call counts. */
    public void ended(String id, CloseReason reason) {
        sessions.remove(id).ifPresent(session -> {
            try {
                session.calls().cancelAll();
            } finally {
                audit.closed(session, reason);
            }
        });
    }
}
