package io.mcpdata.admin;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import io.mcpdata.json.Json;
import io.mcpdata.store.StoreUnavailableException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The answers that administrative requests have in common: JSON, and a problem document for each fault. */
final class RequestAnswers {

    private static final Logger LOG = System.getLogger(RequestAnswers.class.getName());

    private RequestAnswers() {}

    /**
     * The answer, or the problem document that says why there is none.
     *
     * @param missing what the log says of a store that does not answer, such as {@code keys are not available}
     * @param unavailable the same for the caller
     */
    static Response of(HttpServletRequest request, String missing, String unavailable, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (InvalidParameters e) {
            JsonArrayBuilder errors = Json.array();
            e.problems().forEach(one -> errors.add(error("parameter", one.parameter(), one.found(), one.expected())));
            return invalid(request, e.problems(), errors.build());
        } catch (InvalidBody e) {
            JsonArrayBuilder errors = Json.array();
            e.problems().forEach(one -> errors.add(error("member", one.member(), one.found(), one.expected())));
            return invalid(request, e.problems(), errors.build());
        } catch (StoreUnavailableException e) {
            return unavailable(request, missing, unavailable, e);
        }
    }

    /** @param cause already logged by the one that threw it */
    static Response unavailable(HttpServletRequest request, String missing, String detail, RuntimeException cause) {
        LOG.log(Level.WARNING, "request {0}: {1}: {2}", RequestId.inLog(request), missing, cause.getMessage());
        return later(request, detail);
    }

    /** 503 for what will pass soon. */
    static Response later(HttpServletRequest request, String detail) {
        return ProblemDetail.of(503, detail, RequestId.of(request))
                .retryResponse()
                .build();
    }

    static Response problem(HttpServletRequest request, int status, String detail) {
        return ProblemDetail.of(status, detail, RequestId.of(request))
                .response()
                .build();
    }

    static Response json(String body) {
        return json(Response.Status.OK, body);
    }

    /** Something new was made. */
    static Response created(String body) {
        return json(Response.Status.CREATED, body);
    }

    static Response noContent() {
        return Response.noContent()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response json(Response.Status status, String body) {
        return Response.status(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static JsonObjectBuilder error(String kind, String name, String found, String expected) {
        return Json.object().add(kind, name).add("found", found).add("expected", expected);
    }

    /** A problem document that lists the faults in {@code errors} too. */
    private static Response invalid(HttpServletRequest request, List<?> problems, JsonArray errors) {
        String detail = problems.stream().map(Object::toString).collect(Collectors.joining(". "));
        ProblemDetail problem = ProblemDetail.of(400, detail, RequestId.of(request));
        return problem.response()
                .entity(Json.write(Json.provider()
                        .createObjectBuilder(Json.readObject(problem.toJson()))
                        .add("errors", errors)
                        .build()))
                .build();
    }
}
