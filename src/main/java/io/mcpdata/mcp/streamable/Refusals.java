package io.mcpdata.mcp.streamable;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.http.ProblemDetail;
import jakarta.ws.rs.core.Response;

/** The answers of this package that are problem documents and not MCP messages. */
final class Refusals {

    private Refusals() {}

    /** One text for a session that never existed, has ended, or belongs to another caller. */
    static Response unknownSession(String requestId) {
        return ProblemDetail.of(404, "You have no such session; send initialize without Mcp-Session-Id.", requestId)
                .response()
                .build();
    }

    static Response sessionMissing(String requestId) {
        return ProblemDetail.of(
                        400,
                        "Send the header Mcp-Session-Id of the answer to initialize, or initialize first.",
                        requestId)
                .response()
                .build();
    }

    static Response tooManySessions(String requestId) {
        return ProblemDetail.of(
                        429,
                        "You have the maximum number of sessions (limits.sessions_per_caller), and a call runs in each, or"
                                + " you opened too many within a minute (limits.calls_per_minute): end one, or wait.",
                        requestId)
                .retryResponse()
                .build();
    }

    static Response tooManyStreams(String requestId) {
        return ProblemDetail.of(
                        429,
                        "You have the maximum number of event streams (limits.streams_per_caller), or opened too many within a"
                                + " minute (limits.calls_per_minute): close one, or wait.",
                        requestId)
                .retryResponse()
                .build();
    }

    static Response cannotResume(String requestId) {
        return ProblemDetail.of(
                        400,
                        "The events after this Last-Event-ID are not kept any more: send the request again, or open"
                                + " the stream without Last-Event-ID.",
                        requestId)
                .response()
                .build();
    }

    static Response notJson(String requestId) {
        return ProblemDetail.of(415, "Send application/json in UTF-8.", requestId)
                .response()
                .build();
    }

    static Response notAudited(String requestId) {
        return ProblemDetail.of(503, AuditUnavailableException.TO_THE_CALLER, requestId)
                .retryResponse()
                .build();
    }
}
