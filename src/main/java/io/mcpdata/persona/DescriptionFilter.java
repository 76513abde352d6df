package io.mcpdata.persona;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * Runs before the answers that Jersey adds itself: like RESTEasy, it may name the methods of an address and nothing
 * else.
 */
final class DescriptionFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new ForbiddenException();
        }
    }
}
