package io.mcpdata.mcp.sse;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;

/** The answers of this package that are problem documents and not MCP messages. */
final class McpProblems {

    private McpProblems() {}

    /** One text for a session that never existed, is closed, or belongs to another caller. */
    static Response unknownSession(HttpServletRequest request) {
        return problem(request, 404, "You have no such session; open a stream at /sse.")
                .response()
                .build();
    }

    static Response sessionMissing(HttpServletRequest request) {
        return problem(
                        request,
                        400,
                        "Send messages to the address the endpoint event of your stream gave, with its one sessionId.")
                .response()
                .build();
    }

    static Response notJson(HttpServletRequest request) {
        return problem(request, 415, "Send application/json in UTF-8.")
                .response()
                .build();
    }

    static Response tooManyStreams(HttpServletRequest request) {
        return problem(
                        request,
                        429,
                        "You have the maximum number of event streams (limits.streams_per_caller), or opened too many within a"
                                + " minute (limits.calls_per_minute): close one, or wait.")
                .retryResponse()
                .build();
    }

    static Response tooManyTickets(HttpServletRequest request) {
        return problem(request, 429, "You have too many unused tickets; open a stream with one first.")
                .retryResponse()
                .build();
    }

    static Response notAudited(HttpServletRequest request) {
        return problem(request, 503, AuditUnavailableException.TO_THE_CALLER)
                .retryResponse()
                .build();
    }

    private static ProblemDetail problem(HttpServletRequest request, int status, String detail) {
        return ProblemDetail.of(status, detail, RequestId.of(request));
    }
}
