package io.mcpdata.admin;

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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the faults that every administrative request can have into problem documents. */
final class RequestAnswers {

    private static final Logger LOG = System.getLogger(RequestAnswers.class.getName());

    private RequestAnswers() {}

    /** @param unavailable what to say while the store does not answer */
    static Response of(HttpServletRequest request, String unavailable, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (InvalidParameters e) {
            JsonArrayBuilder errors = Json.array();
            e.problems()
                    .forEach(one -> errors.add(Json.object()
                            .add("parameter", one.parameter())
                            .add("found", one.found())
                            .add("expected", one.expected())));
            String detail =
                    e.problems().stream().map(ParameterProblem::toString).collect(Collectors.joining(". "));
            return ProblemAnswers.of(request, 400, detail, errors.build()).build();
        } catch (InvalidBody e) {
            JsonArrayBuilder errors = Json.array();
            e.problems()
                    .forEach(one -> errors.add(Json.object()
                            .add("member", one.member())
                            .add("found", one.found())
                            .add("expected", one.expected())));
            String detail = e.problems().stream().map(BodyProblem::toString).collect(Collectors.joining(". "));
            return ProblemAnswers.of(request, 400, detail, errors.build()).build();
        } catch (StoreUnavailableException e) {
            // the store has logged the cause
            LOG.log(Level.WARNING, "request {0}: {1} {2}", RequestId.of(request), unavailable, e.getMessage());
            return ProblemAnswers.of(request, 503, unavailable, JsonValue.EMPTY_JSON_ARRAY)
                    .header(HttpHeaders.RETRY_AFTER, ProblemDetail.RETRY_SECONDS)
                    .build();
        }
    }
}
