package io.mcpdata.mcp.lifecycle;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Refuses requests while the application ends; only liveness is still answered. Thread-safe. */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
@ApplicationScoped
public class ShutdownFilter implements ContainerRequestFilter {

    private final Shutdown shutdown;

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS
    HttpServletRequest request;

    @Inject
    ShutdownFilter(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public ShutdownFilter() {
        this.shutdown = null;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        if (shutdown.hasBegun() && !context.getUriInfo().getPath().endsWith("healthz")) {
            context.abortWith(unavailable(request));
        }
    }

    /** 503 with {@code Retry-After}. */
    public static Response unavailable(HttpServletRequest request) {
        return ProblemDetail.of(503, "The server accepts no new requests right now; try again.", RequestId.of(request))
                .retryResponse()
                .build();
    }
}
