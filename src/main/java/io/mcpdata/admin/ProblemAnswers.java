package io.mcpdata.admin;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Problem documents with a list of the request's faults. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    /** @param errors the member {@code errors}, which an empty list leaves out */
    static Response.ResponseBuilder of(HttpServletRequest request, int status, String detail, JsonArray errors) {
        JsonObjectBuilder body = Json.object()
                .add("type", "about:blank")
                .add("title", Response.Status.fromStatusCode(status).getReasonPhrase())
                .add("status", status)
                .add("detail", detail)
                .add("request_id", RequestId.of(request));
        if (!errors.isEmpty()) {
            body.add("errors", errors);
        }
        return Response.status(status)
                .type(ProblemDetail.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.write(body.build()));
    }
}
