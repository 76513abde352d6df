package io.mcpdata.mcp.sse;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.authentication.QueryCredential;
import io.mcpdata.http.PublicPath;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.lifecycle.Shutdown;
import io.mcpdata.mcp.lifecycle.ShutdownFilter;
import io.mcpdata.mcp.session.WatchSchedule;
import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.JaxRsEventSink;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;

/** {@code GET /sse}: opens an event stream of MCP 2024-11-05. Thread-safe. */
@Path("/sse")
@ApplicationScoped
public class SseEndpoint {

    private static final Logger LOG = System.getLogger(SseEndpoint.class.getName());
    private static final String NOT_TO_BE_KEPT = "no-store, no-cache";

    private final CallerContext callers;
    private final RequestOrigins origins;
    private final PublicPath path;
    private final StreamOpening streams;
    private final WatchSchedule watch;
    private final Shutdown shutdown;

    @Inject
    SseEndpoint(
            CallerContext callers,
            RequestOrigins origins,
            PublicPath path,
            StreamOpening streams,
            WatchSchedule watch,
            Shutdown shutdown) {
        this.callers = callers;
        this.origins = origins;
        this.path = path;
        this.streams = streams;
        this.watch = watch;
        this.shutdown = shutdown;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public SseEndpoint() {
        this(null, null, null, null, null, null);
    }

    /** The first event says where to send messages; every refusal comes before the stream begins. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.MCP_CONNECT)
    public void open(
            @Context SseEventSink sink, @Context HttpServletRequest request, @Context HttpServletResponse response) {
        if (shutdown.hasBegun()) {
            throw new WebApplicationException(ShutdownFilter.unavailable(request));
        }
        StreamOpening.Wish wish = new StreamOpening.Wish(
                new Requester(callers.require(), origins.of(request)),
                path.of(request) + "/messages",
                QueryCredential.usedIn(request));
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_TO_BE_KEPT);
        response.setHeader("X-Accel-Buffering", "no");
        if (!opened(wish, new JaxRsEventSink(sink), request)) {
            throw new WebApplicationException(McpProblems.tooManyStreams(request));
        }
    }

    private boolean opened(StreamOpening.Wish wish, EventSink sink, HttpServletRequest request) {
        try {
            watch.ensureRunning();
            return streams.open(wish, sink);
        } catch (AuditUnavailableException e) {
            throw new WebApplicationException(McpProblems.notAudited(request));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "request " + wish.requester().origin().inLog() + ": no stream can be opened", e);
            throw new WebApplicationException(ShutdownFilter.unavailable(request));
        }
    }

    /** Without this method, HEAD would open a stream for a client that does not read it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response describe() {
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NOT_TO_BE_KEPT)
                .build();
    }
}
