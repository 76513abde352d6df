package io.mcpdata.mcp.streamable;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;

/**
 * Clients of Streamable HTTP accept JSON and event streams, and the server chooses. Two methods take a {@code POST} to
 * {@code /mcp}, and JAX-RS chooses by {@code Accept}: so this filter replaces that header. Thread-safe.
 */
@Provider
@PreMatching
public class AcceptFilter implements ContainerRequestFilter {

    private static final String ACCEPTS_STREAM = "io.mcpdata.mcp.acceptsStream";

    /** Servers differ in the slashes. */
    private static final Set<String> PATHS = Set.of("mcp", "/mcp", "mcp/", "/mcp/");

    private static final String LISTEN = "subscriptions/listen";

    @Override
    public void filter(ContainerRequestContext request) {
        boolean posted = request.getMethod().equals("POST")
                && PATHS.contains(request.getUriInfo().getPath());
        if (!posted) {
            return;
        }
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        boolean stream = accepts(accepted, MediaType.SERVER_SENT_EVENTS_TYPE);
        boolean json = accepts(accepted, MediaType.APPLICATION_JSON_TYPE);
        request.setProperty(ACCEPTS_STREAM, stream);
        String method =
                String.valueOf(request.getHeaderString(PostRequest.METHOD)).strip();
        if (stream && method.equals(LISTEN)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
        } else if (json || stream) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        }
    }

    /** Whether the client takes an event stream as the answer to its message. */
    static boolean acceptsStream(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(ACCEPTS_STREAM));
    }

    private static boolean accepts(List<MediaType> accepted, MediaType type) {
        return accepted.isEmpty() || accepted.stream().anyMatch(type::isCompatible);
    }
}
