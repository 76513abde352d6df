package io.mcpdata.mcp.sse;

import io.mcpdata.http.JsonContentType;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.lifecycle.Shutdown;
import io.mcpdata.mcp.lifecycle.ShutdownFilter;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/**
 * {@code POST /messages}: takes one JSON-RPC message of a session; its answer goes to the session's stream. The {@code
 * Accept} header is ignored: this endpoint offers nothing to negotiate. Thread-safe.
 */
@Path("/messages")
@ApplicationScoped
public class MessagesEndpoint {

    private final CallerContext callers;
    private final RequestOrigins origins;
    private final MessageIntake inbox;
    private final Shutdown shutdown;

    @Inject
    MessagesEndpoint(CallerContext callers, RequestOrigins origins, MessageIntake inbox, Shutdown shutdown) {
        this.callers = callers;
        this.origins = origins;
        this.inbox = inbox;
        this.shutdown = shutdown;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public MessagesEndpoint() {
        this(null, null, null, null);
    }

    /** 202 as soon as the message is understood, before it is answered. */
    @POST
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response post(
            @QueryParam("sessionId") List<String> sessionIds, @Context HttpServletRequest request, InputStream body) {
        if (shutdown.hasBegun()) {
            return ShutdownFilter.unavailable(request);
        }
        if (sessionIds.size() != 1) {
            return McpProblems.sessionMissing(request);
        }
        if (!JsonContentType.is(request.getContentType())) {
            return McpProblems.notJson(request);
        }
        Requester requester = new Requester(callers.require(), origins.of(request));
        return inbox.receive(sessionIds.get(0), requester, body).toResponse(request);
    }
}
