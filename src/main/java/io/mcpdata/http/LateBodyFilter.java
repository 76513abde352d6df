package io.mcpdata.http;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many bodies of authenticated callers the server waits for, and for how long: 429 for a caller that has too
 * many of them, 503 if all callers together have too many, both after a second in which no place became free, and 408
 * for a body that takes too long. A body that the server knows to be complete needs no place; Liberty never knows that
 * before the first read, and no server knows it of a body without a length. {@link RequestBodyDrain} handles requests
 * that are refused earlier. Thread-safe.
 */
@Provider
@Priority(Priorities.USER)
public class LateBodyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    static final int OF_CALLER = 8;

    /**
     * Together with {@link #WAITING} half of the threads of the server that has the fewest under server-config: 128.
     */
    static final int OF_ALL = 40;

    /** Threads that wait for a place, for a second at most each; one caller may use half of these. */
    static final int WAITING = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ATTRIBUTE = "io.mcpdata.lateBody";
    private static final LateBody.Waiting PLACES = new LateBody.Waiting(
            new LateBodies(OF_CALLER, OF_ALL, WAITING, PATIENCE), AwaitedBodies.ofTheApplication());

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS, which offers no constructor injection on every server
    HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Principal caller = request.getSecurityContext().getUserPrincipal();
        String identity = caller instanceof IdentifiedCaller known ? known.identity() : "";
        HttpServletRequest servlet = servletRequest;
        LateBody body = new LateBody(
                request.getEntityStream(),
                PLACES,
                identity,
                servlet.getContentLengthLong(),
                new Answers(RequestId.of(servlet)),
                System::nanoTime);
        request.setProperty(ATTRIBUTE, body);
        request.setEntityStream(body);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(ATTRIBUTE) instanceof LateBody body) {
            if (body.isCut()) {
                RequestBodyDrain.markCut(servletRequest);
            }
            body.close();
        }
    }

    private record Answers(String requestId) implements LateBody.Refusing {

        @Override
        public RuntimeException noPlace(LateBodies.Place why) {
            return why == LateBodies.Place.CALLER_HAS_ENOUGH
                    ? answer(
                            429,
                            "Too Many Requests",
                            "Too many of your request bodies are still incomplete. Send each request in one piece and retry.")
                    : answer(503, "Service Unavailable", "Too many request bodies are still incomplete; try again.");
        }

        @Override
        public RuntimeException tooSlow() {
            return answer(
                    408, "Request Timeout", "The request body arrived too slowly. Send it in one piece and retry.");
        }

        @Override
        public RuntimeException ending() {
            return answer(503, "Service Unavailable", "The server accepts no new requests right now; try again.");
        }

        /** Answers without waiting for the rest of the body, so the connection cannot be used again. */
        private RuntimeException answer(int status, String title, String detail) {
            return new WebApplicationException(new ProblemDetail(status, title, detail, requestId)
                    .retryResponse()
                    .header("Connection", "close")
                    .build());
        }
    }
}
