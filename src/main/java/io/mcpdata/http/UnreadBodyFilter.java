package io.mcpdata.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what is left of a known caller's body before its refusal is sent; see {@link UnreadBody}. Thread-safe. */
@Provider
public class UnreadBodyFilter implements ContainerResponseFilter {

    private static final int FIRST_REFUSAL = 400;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < FIRST_REFUSAL || isAnonymous(request.getSecurityContext())) {
            return;
        }
        @Nullable InputStream body = entity(request);
        if (body != null) {
            UnreadBody.drain(body);
        }
    }

    /** Whom nobody knows could announce a body, send none, and keep a thread for nothing. */
    private static boolean isAnonymous(@Nullable SecurityContext security) {
        return security == null
                || security.getUserPrincipal() == null
                || "anonymous".equals(security.getUserPrincipal().getName());
    }

    private static @Nullable InputStream entity(ContainerRequestContext request) {
        try {
            return request.getEntityStream();
        } catch (IllegalStateException readAndClosed) {
            return null;
        }
    }
}
