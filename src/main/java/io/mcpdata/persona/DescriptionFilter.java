package io.mcpdata.persona;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** In front of what Jersey adds by itself: it may name the methods of an address, as RESTEasy does, and nothing else. */
final class DescriptionFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new ForbiddenException();
        }
    }
}
