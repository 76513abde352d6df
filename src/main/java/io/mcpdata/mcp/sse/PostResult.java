package io.mcpdata.mcp.sse;

import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The result of a posted message. */
sealed interface PostResult {

    Response toResponse(HttpServletRequest request);

    /** The message was understood; its response, if any, goes to the session's stream. */
    record Accepted() implements PostResult {
        @Override
        public Response toResponse(HttpServletRequest request) {
            return Response.accepted()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
    }

    /** The session does not exist or belongs to another caller; the client cannot tell which. */
    record UnknownSession() implements PostResult {
        @Override
        public Response toResponse(HttpServletRequest request) {
            return McpProblems.unknownSession(request);
        }
    }

    /** The use of the session cannot be audited, so the message is not answered. */
    record NotAudited() implements PostResult {
        @Override
        public Response toResponse(HttpServletRequest request) {
            return McpProblems.notAudited(request);
        }
    }

    /**
     * The message was not understood, so no stream could carry an answer.
     *
     * @param status HTTP status
     */
    record Refused(int status, ErrorCode code, String message) implements PostResult {
        @Override
        public Response toResponse(HttpServletRequest request) {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .entity(JsonRpc.error(code, message))
                    .build();
        }
    }
}
