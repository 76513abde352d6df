package io.mcpdata.mcp.sse;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.server.UnreadableMessageException;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.SessionExchange;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.protocol.JsonRpcMessage;
import java.io.InputStream;
import java.util.Optional;

/** Passes posted messages to their session. Thread-safe. */
final class MessageIntake {

    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;

    private final McpSessions sessions;
    private final McpServer server;
    private final MessageReader messages;
    private final StreamAudit audit;

    MessageIntake(McpSessions sessions, McpServer server, MessageReader messages, StreamAudit audit) {
        this.sessions = sessions;
        this.server = server;
        this.messages = messages;
        this.audit = audit;
    }

    /** Reads at most the allowed length of a message, and nothing if the session is not the requester's. */
    PostResult receive(String sessionId, Requester requester, InputStream body) {
        Optional<McpSession> session =
                sessions.find(sessionId, requester.caller().identity());
        if (session.isEmpty()) {
            if (sessions.find(sessionId).isPresent()) {
                audit.sessionOfAnother(requester);
            }
            return new PostResult.UnknownSession();
        }
        session.get().renew(requester.caller().caller());
        try {
            JsonRpcMessage message = messages.read(requester, body);
            session.get().touch();
            if (McpServer.isWithoutInitialize(session.get().initialization(), message)) {
                audit.usedWithoutInitialize(requester);
                session.get().initialization().assume();
            }
            server.dispatch(new SessionExchange(session.get(), requester), message);
            return new PostResult.Accepted();
        } catch (AuditUnavailableException e) {
            return new PostResult.NotAudited();
        } catch (UnreadableMessageException e) {
            return new PostResult.Refused(e.isTooLarge() ? CONTENT_TOO_LARGE : BAD_REQUEST, e.code(), e.getMessage());
        }
    }
}
