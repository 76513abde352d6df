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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many bodies callers may let the server wait for, and how long, after they have been let in: 429 for a caller
 * that has enough of them, 503 when all together have, both after a second in which no place came free, and 408 for a body
 * that takes too long. A body that the server knows to have arrived needs no place: Liberty never knows before the first
 * read, and nobody knows of a body without a length. Who is refused before has {@link RequestBodyDrain}. Thread-safe.
 */
@Provider
@Priority(Priorities.USER)
public class LateBodyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    static final int OF_CALLER = 8;

    /** With {@link #WAITING}, half of the threads of the server that has the fewest by server-config: 128. */
    static final int OF_ALL = 40;

    /** More threads, for a second at most each; one caller has half of these. */
    static final int WAITING = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ATTRIBUTE = "io.mcpdata.lateBody";
    private static final int RETRY_SECONDS = 5;
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
                    ? answer(429, "Too Many Requests", "You let the server wait for too many bodies; send them whole.")
                    : answer(503, "Service Unavailable", "The server waits for too many bodies; try again.");
        }

        @Override
        public RuntimeException tooSlow() {
            return answer(408, "Request Timeout", "The body took too long; send it whole.");
        }

        @Override
        public RuntimeException ending() {
            return answer(503, "Service Unavailable", "The server takes nothing new right now; try again.");
        }

        /** The rest of the body is not waited for, so the connection cannot be used again. */
        private RuntimeException answer(int status, String title, String detail) {
            return new WebApplicationException(new ProblemDetail(status, title, detail, requestId)
                    .response()
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .header("Connection", "close")
                    .build());
        }
    }
}
