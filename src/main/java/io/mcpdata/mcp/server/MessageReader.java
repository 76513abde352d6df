package io.mcpdata.mcp.server;

import io.mcpdata.config.LimitsConfig;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcCodec;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;

/** Reads messages within the limits, for every transport. Thread-safe. */
public final class MessageReader {

    private final CallerLimits callerLimits;
    private final RequestRefusals refusals;

    public MessageReader(CallerLimits callerLimits, RequestRefusals refusals) {
        this.callerLimits = callerLimits;
        this.refusals = refusals;
    }

    /**
     * Reads at most the allowed length of a message. A refusal is audited.
     *
     * @throws UnreadableMessageException if it is not a JSON-RPC message within the limits
     */
    public JsonRpcMessage read(Requester requester, InputStream body) {
        LimitsConfig limits = callerLimits.of(requester.caller());
        JsonRpcCodec codec = new JsonRpcCodec(limits.requestBytes(), limits.jsonDepth());
        byte[] message;
        try {
            message = body.readNBytes(codec.maxBytes() + 1);
        } catch (IOException e) {
            throw UnreadableMessageException.malformed(
                    ErrorCode.PARSE_ERROR, "the message could not be read to its end");
        }
        if (message.length > codec.maxBytes()) {
            refusals.messageRefused(requester, "message_too_large", "limits.request_bytes");
            throw UnreadableMessageException.tooLarge(codec.tooLarge());
        }
        try {
            return codec.parse(message);
        } catch (ProtocolException e) {
            refusals.messageRefused(requester, "malformed_message", "");
            throw UnreadableMessageException.malformed(e.code(), e.getMessage());
        }
    }
}
