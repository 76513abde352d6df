package io.mcpdata.mcp.sse;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.RequestRefusals;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.SessionExchange;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcCodec;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads posted messages and passes them to their session. Thread-safe. */
final class MessageIntake {

    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;

    private final McpSessions sessions;
    private final McpServer server;
    private final ActiveConfiguration configuration;
    private final StreamAudit audit;
    private final RequestRefusals refusals;

    MessageIntake(
            McpSessions sessions,
            McpServer server,
            ActiveConfiguration configuration,
            StreamAudit audit,
            RequestRefusals refusals) {
        this.sessions = sessions;
        this.server = server;
        this.configuration = configuration;
        this.audit = audit;
        this.refusals = refusals;
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
        LimitsConfig limits = configuration.config().limits();
        JsonRpcCodec codec = new JsonRpcCodec(limits.requestBytes(), limits.jsonDepth());
        try {
            byte[] message = body.readNBytes(codec.maxBytes() + 1);
            if (message.length > codec.maxBytes()) {
                refusals.messageRefused(requester, "message_too_large", "limits.request_bytes");
                return refused(CONTENT_TOO_LARGE, codec.tooLarge());
            }
            JsonRpcMessage parsed = parsed(codec, message, requester);
            session.get().touch();
            server.dispatch(new SessionExchange(session.get(), requester), parsed);
            return new PostResult.Accepted();
        } catch (ProtocolException e) {
            return refused(BAD_REQUEST, e);
        } catch (IOException e) {
            return new PostResult.Refused(
                    BAD_REQUEST, ErrorCode.PARSE_ERROR, "the message could not be read to its end");
        }
    }

    private JsonRpcMessage parsed(JsonRpcCodec codec, byte[] message, Requester requester) {
        try {
            return codec.parse(message);
        } catch (ProtocolException e) {
            refusals.messageRefused(requester, "malformed_message", "");
            throw e;
        }
    }

    private static PostResult refused(int status, ProtocolException why) {
        return new PostResult.Refused(status, why.code(), why.getMessage());
    }
}
