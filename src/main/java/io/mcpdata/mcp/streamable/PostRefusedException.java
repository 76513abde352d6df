package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.server.UnreadableMessageException;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A posted message gets this HTTP response instead of that of a handler. */
final class PostRefusedException extends RuntimeException {

    static final int BAD_REQUEST = 400;
    private static final int CONTENT_TOO_LARGE = 413;

    private static final long serialVersionUID = 1L;

    private final transient Response response;

    PostRefusedException(Response response) {
        super(null, null, false, false);
        this.response = response;
    }

    /** A message whose id is unknown. */
    static PostRefusedException of(int status, ErrorCode code, String message) {
        return new PostRefusedException(json(status, JsonRpc.errorWithoutId(code, message)));
    }

    static PostRefusedException of(UnreadableMessageException why) {
        return of(why.isTooLarge() ? CONTENT_TOO_LARGE : BAD_REQUEST, why.code(), why.getMessage());
    }

    static PostRefusedException of(JsonRpcId id, ProtocolException why) {
        return new PostRefusedException(json(BAD_REQUEST, JsonRpc.error(id, why.code(), why)));
    }

    Response response() {
        return response;
    }

    private static Response json(int status, String json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(json)
                .build();
    }
}
