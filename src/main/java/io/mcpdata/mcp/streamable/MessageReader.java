package io.mcpdata.mcp.streamable;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.mcp.server.RequestRefusals;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcCodec;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.ProtocolException;
import java.io.IOException;

/** Reads posted messages within the limits. Thread-safe. */
final class MessageReader {

    private final ActiveConfiguration configuration;
    private final RequestRefusals refusals;

    MessageReader(ActiveConfiguration configuration, RequestRefusals refusals) {
        this.configuration = configuration;
        this.refusals = refusals;
    }

    /**
     * Reads at most the allowed length of a message.
     *
     * @throws PostRefusedException if it is not a JSON-RPC message
     */
    JsonRpcMessage read(PostRequest post) {
        LimitsConfig limits = configuration.config().limits();
        JsonRpcCodec codec = new JsonRpcCodec(limits.requestBytes(), limits.jsonDepth());
        byte[] message;
        try {
            message = post.body().readNBytes(codec.maxBytes() + 1);
        } catch (IOException e) {
            throw PostRefusedException.of(
                    PostRefusedException.BAD_REQUEST,
                    ErrorCode.PARSE_ERROR,
                    "the message could not be read to its end");
        }
        if (message.length > codec.maxBytes()) {
            refusals.messageRefused(post.requester(), "message_too_large", "limits.request_bytes");
            throw refused(PostRefusedException.CONTENT_TOO_LARGE, codec.tooLarge());
        }
        try {
            return codec.parse(message);
        } catch (ProtocolException e) {
            refusals.messageRefused(post.requester(), "malformed_message", "");
            throw refused(PostRefusedException.BAD_REQUEST, e);
        }
    }

    private static PostRefusedException refused(int status, ProtocolException why) {
        return PostRefusedException.of(status, why.code(), why.getMessage());
    }
}
