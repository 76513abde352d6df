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
        return problem(
                500, "Internal Server Error", "Something went wrong inside; the log has it under this request id.");
    }

    private Response clientError(Response original) {
        if (original.hasEntity() || original.getStatus() < 400) {
            return original;
        }
        Response problem =
                problem(original.getStatus(), original.getStatusInfo().getReasonPhrase(), detail(original.getStatus()));
        String allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            case 406 -> "This address cannot answer in any of the accepted media types.";
            case 415 -> "This address does not take this media type.";
            default -> "The request cannot be answered as it stands.";
        };
    }

    private Response problem(int status, String title, String detail) {
        return Response.status(status)
                .type(ProblemDetail.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new ProblemDetail(status, title, detail, RequestId.of(request)).toJson())
                .build();
    }
}
