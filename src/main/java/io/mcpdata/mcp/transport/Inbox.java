package io.mcpdata.mcp.transport;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcCodec;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes posted messages into the session they are meant for. Thread-safe. */
final class Inbox {

    private static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;

    private final McpSessions sessions;
    private final McpDispatcher dispatcher;
    private final ActiveConfiguration configuration;
    private final StreamAudit audit;

    Inbox(McpSessions sessions, McpDispatcher dispatcher, ActiveConfiguration configuration, StreamAudit audit) {
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.configuration = configuration;
        this.audit = audit;
    }

    /** Reads no more of the body than a message may have, and nothing of it for a session that is not the requester's. */
    Receipt receive(String sessionId, Requester requester, InputStream body) {
        Optional<McpSession> session =
                sessions.find(sessionId, requester.caller().identity());
        if (session.isEmpty()) {
            if (sessions.find(sessionId).isPresent()) {
                audit.sessionOfAnother(requester);
            }
            return new Receipt.UnknownSession();
        }
        session.get().renew(requester.caller().caller());
        LimitsConfig limits = configuration.config().limits();
        JsonRpcCodec codec = new JsonRpcCodec(limits.requestBytes(), limits.jsonDepth());
        try {
            byte[] message = body.readNBytes(codec.maxBytes() + 1);
            if (message.length > codec.maxBytes()) {
                audit.messageRefused(requester, "message_too_large", "limits.request_bytes");
                return refused(CONTENT_TOO_LARGE, codec.tooLarge());
            }
            JsonRpcMessage parsed = parsed(codec, message, requester);
            dispatcher.dispatch(session.get(), parsed, requester);
            return new Receipt.Accepted();
        } catch (ProtocolException e) {
            return refused(BAD_REQUEST, e);
        } catch (IOException e) {
            return new Receipt.Refused(BAD_REQUEST, ErrorCode.PARSE_ERROR, "the message could not be read to its end");
        }
    }

    private JsonRpcMessage parsed(JsonRpcCodec codec, byte[] message, Requester requester) {
        try {
            return codec.parse(message);
        } catch (ProtocolException e) {
            audit.messageRefused(requester, "malformed_message", "");
            throw e;
        }
    }

    private static Receipt refused(int status, ProtocolException why) {
        return new Receipt.Refused(status, why.code(), why.getMessage());
    }
}
