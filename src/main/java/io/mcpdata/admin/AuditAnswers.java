package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditReadRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Turns the outcome of a request for audit rows into its answer. */
final class AuditAnswers {

    private AuditAnswers() {}

    static Response of(HttpServletRequest request, Supplier<Response> answer) {
        return RequestAnswers.of(
                request, "no audit rows can be read", "The audit trail cannot be read right now; try again.", () -> {
                    try {
                        return answer.get();
                    } catch (AuditReadRefused e) {
                        return e.isPassing()
                                ? RequestAnswers.later(request, e.getMessage())
                                : RequestAnswers.problem(request, 400, e.getMessage());
                    }
                });
    }
}
