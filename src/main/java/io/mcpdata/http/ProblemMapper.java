package io.mcpdata.http;

import io.mcpdata.audit.AuditUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Turns every error that reaches JAX-RS into a problem document. The client gets a generic text and the request id; the
 * cause goes to the log only.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    private static final String CUT = "The request's body could not be read to its end; send it again, whole.";
    private static final int UNAVAILABLE = 503;

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS, which offers no constructor injection on every server
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof WebApplicationException known) {
            Response answer = known.getResponse();
            if (answer.hasEntity() || answer.getStatus() < 400) {
                return answer;
            }
            if (answer.getStatus() < 500 || answer.getStatus() == UNAVAILABLE) {
                return inPlaceOf(answer);
            }
        }
        if (RequestBodyDrain.isCut(request, error)) {
            return ProblemDetail.of(400, CUT, RequestId.of(request))
                    .response()
                    .header("Connection", "close")
                    .build();
        }
        if (error instanceof AuditUnavailableException) {
            LOG.log(Level.DEBUG, "request " + RequestId.inLog(request) + " could not be audited", error);
            return ProblemDetail.of(UNAVAILABLE, AuditUnavailableException.TO_THE_CALLER, RequestId.of(request))
                    .retryResponse()
                    .build();
        }
        LOG.log(Level.ERROR, "request " + RequestId.inLog(request) + " failed", error);
        return problem(500);
    }

    /** Keeps the headers that tell the client what it may do next. */
    private Response inPlaceOf(Response original) {
        Response.ResponseBuilder answer = Response.fromResponse(problem(original.getStatus()));
        for (String header : List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER)) {
            String value = original.getHeaderString(header);
            if (value != null) {
                answer.header(header, value);
            }
        }
        return answer.build();
    }

    private Response problem(int status) {
        return ProblemDetail.ofStatus(status, RequestId.of(request)).response().build();
    }
}
