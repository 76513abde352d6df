package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Every error that reaches JAX-RS becomes a problem document. What went wrong inside stays inside: the client gets a
 * generic text and the request id, the log gets the cause.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS, which offers no constructor injection on every server
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof WebApplicationException known
                && known.getResponse().getStatus() < 500) {
            return clientError(known.getResponse());
        }
        LOG.log(Level.ERROR, "request " + RequestId.of(request) + " failed", error);
        return problem(500);
    }

    private Response clientError(Response original) {
        if (original.hasEntity() || original.getStatus() < 400) {
            return original;
        }
        Response problem = problem(original.getStatus());
        String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    private Response problem(int status) {
        return Response.status(status)
                .type(ProblemDetail.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ProblemDetail.ofStatus(status, RequestId.of(request)).toJson())
                .build();
    }
}
