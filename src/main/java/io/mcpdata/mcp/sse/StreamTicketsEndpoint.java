package io.mcpdata.mcp.sse;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.Secret;
import io.mcpdata.json.Json;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/stream-tickets}: a one-time ticket for clients, such as browsers, that can send a header with
 * this request but not with the request that opens the stream. The stream asks for its own permission. Thread-safe.
 */
@Path("/api/v1/stream-tickets")
@ApplicationScoped
public class StreamTicketsEndpoint {

    private final CallerContext callers;
    private final StreamTickets tickets;
    private final ActiveConfiguration configuration;

    @Inject
    StreamTicketsEndpoint(CallerContext callers, StreamTickets tickets, ActiveConfiguration configuration) {
        this.callers = callers;
        this.tickets = tickets;
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public StreamTicketsEndpoint() {
        this(null, null, null);
    }

    /** The body, if any, is not read. */
    @POST
    @RolesAllowed({Permission.MCP_CONNECT, Permission.EVENTS_READ})
    public Response issue(@Context HttpServletRequest request) {
        @Nullable String page = request.getHeader("Origin");
        Optional<Secret> issued =
                tickets.issue(callers.require().caller(), page == null ? "" : page, isOwn(page, request));
        return issued.map(StreamTicketsEndpoint::answer).orElseGet(() -> McpProblems.tooManyTickets(request));
    }

    private boolean isOwn(@Nullable String page, HttpServletRequest request) {
        if (page == null) {
            return false;
        }
        String host = request.getHeader("Host");
        boolean sameHost = page.equalsIgnoreCase("http://" + host) || page.equalsIgnoreCase("https://" + host);
        return sameHost
                || configuration
                        .config()
                        .server()
                        .publicUrl()
                        .map(url -> page.equalsIgnoreCase(url.getScheme() + "://" + url.getRawAuthority()))
                        .orElse(false);
    }

    private static Response answer(Secret ticket) {
        return Response.status(201)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.write(Json.object()
                        .add("ticket", ticket.reveal())
                        .add(
                                "expires_at",
                                Instant.now().plus(StreamTickets.LIFETIME).toString())
                        .add("expires_in", StreamTickets.LIFETIME.toSeconds())
                        .build()))
                .build();
    }
}
