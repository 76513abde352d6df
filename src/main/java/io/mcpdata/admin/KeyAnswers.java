package io.mcpdata.admin;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.authentication.apikey.KeyChangeRefused;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import io.mcpdata.json.Json;
import io.mcpdata.store.StoreUnavailableException;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the outcome of a request about keys into its answer. */
final class KeyAnswers {

    private static final Logger LOG = System.getLogger(KeyAnswers.class.getName());

    private KeyAnswers() {}

    static Response of(HttpServletRequest request, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (InvalidBody e) {
            String detail = e.problems().stream().map(BodyProblem::toString).collect(Collectors.joining(". "));
            return problem(request, 400, detail, e.problems()).build();
        } catch (KeyChangeRefused e) {
            int status = status(e.reason());
            return problem(request, status, e.getMessage(), List.of()).build();
        } catch (StoreUnavailableException | AuditUnavailableException e) {
            // the store and the audit log have logged the cause
            LOG.log(Level.WARNING, "request {0}: keys are not available: {1}", RequestId.of(request), e.getMessage());
            String detail = "Keys can neither be read nor changed right now; try again.";
            return problem(request, 503, detail, List.of())
                    .header(HttpHeaders.RETRY_AFTER, ProblemDetail.RETRY_SECONDS)
                    .build();
        }
    }

    private static int status(KeyChangeRefused.Reason reason) {
        return switch (reason) {
            case KEY_UNKNOWN -> 404;
            case ROLES_NOT_HELD, RIGHTS_NOT_HELD, BEYOND_CREDENTIAL -> 403;
            case KEY_OF_FILE, KEY_ENDED, NAME_OF_ANOTHER, TOO_MANY_KEYS -> 409;
        };
    }

    private static Response.ResponseBuilder problem(
            HttpServletRequest request, int status, String detail, List<BodyProblem> problems) {
        JsonArrayBuilder errors = Json.array();
        problems.forEach(one -> errors.add(Json.object()
                .add("member", one.member())
                .add("found", one.found())
                .add("expected", one.expected())));
        return ProblemAnswers.of(request, status, detail, errors.build());
    }
}
