package io.mcpdata.http;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many bodies of authenticated callers the server waits for, and for how long: 429 for a caller that has too
 * many of them, 503 if all callers together have too many, both after a second in which no place became free, and 408
 * for a body that takes too long. A body that the server knows to be complete needs no place; Liberty never knows that
 * before the first read, and no server knows it of a body without a length. Reads what is left of a body before a
 * refusal is sent; {@link RequestBodyDrain} also does that for requests that are refused earlier. Thread-safe.
 */
@Provider
@Priority(Priorities.USER)
public class RequestBodyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ATTRIBUTE = "io.mcpdata.requestBody";
    private static final int FIRST_REFUSAL = 400;

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS, which offers no constructor injection on every server
    HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Principal caller = request.getSecurityContext().getUserPrincipal();
        LimitedBody body = new LimitedBody(
                request.getEntityStream(),
                length(request),
                servletRequest,
                caller instanceof IdentifiedCaller known ? known.identity() : "",
                RequestBodyLimits.ofTheApplication(),
                System::nanoTime);
        request.setProperty(ATTRIBUTE, body);
        request.setEntityStream(body);
    }

    /** Does not ask the servlet request: on Payara each call of its proxy is a look-up. */
    private static LimitedBody.Length length(ContainerRequestContext request) {
        @Nullable String header = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        // RequestHeadCheck lets only numbers pass
        long bytes = header == null ? -1 : Long.parseLong(header);
        return new LimitedBody.Length(bytes, RequestBodyDrain.hidesItsEnd(bytes, request.getHeaderString("Upgrade")));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        long consumed = 0;
        if (request.getProperty(ATTRIBUTE) instanceof LimitedBody body) {
            body.close();
            consumed = body.consumed();
        }
        // where the connection closes after this answer, the rest is not read
        if (response.getStatus() >= FIRST_REFUSAL
                && !response.getHeaders().containsKey("Connection")
                && !RequestBodyDrain.drain(servletRequest, consumed)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }
}
