package io.mcpdata.mcp.streamable;

import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcMessage;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.RequestMeta;

/** What makes a message one of revision 2026-07-28, which has no sessions. */
final class StatelessRequest {

    private StatelessRequest() {}

    /** Whether the message is of a revision without sessions; also if only its header says so. */
    static boolean is(PostRequest post, JsonRpcMessage message) {
        boolean inBody = message instanceof JsonRpcRequest request
                && RequestMeta.version(request.params()).isPresent();
        return inBody
                || post.protocolVersion()
                        .flatMap(ProtocolVersion::of)
                        .filter(ProtocolVersion::isStateless)
                        .isPresent();
    }

    /**
     * The request's revision and capabilities.
     *
     * @throws PostRefusedException if {@code _meta} lacks a member, differs from the headers, or names a revision that
     *     the platform does not have
     */
    static Initialization understood(PostRequest post, JsonRpcRequest request) {
        try {
            RequestMeta meta = RequestMeta.from(request.params());
            RequestHeaders.check(post, request, meta.protocolVersion());
            ProtocolVersion revision = ProtocolVersion.of(meta.protocolVersion())
                    .filter(ProtocolVersion::isStateless)
                    .orElseThrow(() -> unsupported(meta.protocolVersion()));
            return Initialization.ofRequest(revision, meta);
        } catch (ProtocolException e) {
            throw PostRefusedException.of(request.id(), e);
        }
    }

    private static ProtocolException unsupported(String requested) {
        return new ProtocolException(
                ErrorCode.UNSUPPORTED_PROTOCOL_VERSION,
                "Unsupported protocol version",
                Json.object()
                        .add("supported", Json.strings(ProtocolVersion.ofStreamableHttp()))
                        .add("requested", requested)
                        .build());
    }
}
