package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Reads what is left of a request's body before its refusal is sent; see {@link RequestBodyDrain}. Thread-safe. */
@Provider
public class UnreadBodyFilter implements ContainerResponseFilter {

    private static final int FIRST_REFUSAL = 400;

    @Context
    @SuppressWarnings("NullAway.Init") // injected by JAX-RS, which offers no constructor injection on every server
    HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getHeaders().containsKey("Connection")) {
            // what comes behind this answer is not waited for
            return;
        }
        if (response.getStatus() >= FIRST_REFUSAL && !RequestBodyDrain.drain(servletRequest)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }
}
