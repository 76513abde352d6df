package io.mcpdata.mcp.transport;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Turns away whatever comes while the application ends; liveness alone is still answered. Thread-safe. */
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
            context.abortWith(Problems.unavailable(request));
        }
    }
}
