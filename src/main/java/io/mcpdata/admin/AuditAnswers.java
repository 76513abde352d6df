package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditReadRefused;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import io.mcpdata.json.Json;
import io.mcpdata.store.StoreUnavailableException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the outcome of a request for audit rows into its answer. */
final class AuditAnswers {

    private static final Logger LOG = System.getLogger(AuditAnswers.class.getName());

    private AuditAnswers() {}

    static Response of(HttpServletRequest request, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (InvalidParameters e) {
            String detail =
                    e.problems().stream().map(ParameterProblem::toString).collect(Collectors.joining(". "));
            return ProblemAnswers.of(request, 400, detail, errors(e).build()).build();
        } catch (AuditReadRefused e) {
            return e.isPassing() ? later(request, e.getMessage()) : problem(request, 400, e.getMessage());
        } catch (StoreUnavailableException e) {
            // the store has logged the cause
            LOG.log(
                    Level.WARNING,
                    "request {0}: no audit rows can be read: {1}",
                    RequestId.of(request),
                    e.getMessage());
            return later(request, "The audit trail cannot be read right now; try again.");
        }
    }

    static Response json(String body) {
        return Response.ok(body)
                .type("application/json")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    static Response problem(HttpServletRequest request, int status, String detail) {
        return ProblemAnswers.of(request, status, detail, JsonValue.EMPTY_JSON_ARRAY)
                .build();
    }

    private static Response later(HttpServletRequest request, String detail) {
        return ProblemAnswers.of(request, 503, detail, JsonValue.EMPTY_JSON_ARRAY)
                .header(HttpHeaders.RETRY_AFTER, ProblemDetail.RETRY_SECONDS)
                .build();
    }

    private static JsonArrayBuilder errors(InvalidParameters invalid) {
        JsonArrayBuilder errors = Json.array();
        List<ParameterProblem> problems = invalid.problems();
        problems.forEach(one -> errors.add(Json.object()
                .add("parameter", one.parameter())
                .add("found", one.found())
                .add("expected", one.expected())));
        return errors;
    }
}
