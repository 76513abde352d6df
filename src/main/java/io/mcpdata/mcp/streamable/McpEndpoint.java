package io.mcpdata.mcp.streamable;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.http.JsonContentType;
import io.mcpdata.http.RequestId;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.lifecycle.Shutdown;
import io.mcpdata.mcp.lifecycle.ShutdownFilter;
import io.mcpdata.mcp.server.UnreadableMessageException;
import io.mcpdata.mcp.session.WatchSchedule;
import io.mcpdata.mcp.stream.JaxRsEventSink;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;

/**
 * {@code /mcp}: Streamable HTTP. {@link AcceptFilter} decides which method takes a {@code POST}. Thread-safe.
 */
@Path("/mcp")
@ApplicationScoped
public class McpEndpoint {

    private static final Logger LOG = System.getLogger(McpEndpoint.class.getName());
    private static final String NOT_TO_BE_KEPT = "no-store, no-cache";

    private final HttpServletRequest current;
    private final CallerContext callers;
    private final RequestOrigins origins;
    private final McpPosts posts;
    private final McpStreams streams;
    private final WatchSchedule watch;
    private final Shutdown shutdown;

    /** @param current the request of the moment; JAX-RS on Payara would make a proxy for each request instead */
    @Inject
    McpEndpoint(
            HttpServletRequest current,
            CallerContext callers,
            RequestOrigins origins,
            McpPosts posts,
            McpStreams streams,
            WatchSchedule watch,
            Shutdown shutdown) {
        this.current = current;
        this.callers = callers;
        this.origins = origins;
        this.posts = posts;
        this.streams = streams;
        this.watch = watch;
        this.shutdown = shutdown;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public McpEndpoint() {
        this(null, null, null, null, null, null, null);
    }

    /** One message. Its answer is JSON, or an event stream if it takes long. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.MCP_CONNECT)
    public void post(@Suspended AsyncResponse response, InputStream body) {
        HttpServletRequest request = current;
        try {
            ServletResponse written = request.getAsyncContext().getResponse();
            posts.receive(readable(request, body), new PostAnswer.Channel(response, written::flushBuffer));
        } catch (PostRefusedException e) {
            response.resume(e.response());
        } catch (UnreadableMessageException e) {
            response.resume(PostRefusedException.of(e).response());
        } catch (AuditUnavailableException e) {
            response.resume(Refusals.notAudited(RequestId.of(request)));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "request " + RequestId.inLog(request) + ": there is no thread for the watch", e);
            response.resume(ShutdownFilter.unavailable(request));
        }
    }

    /** {@code subscriptions/listen} of revision 2026-07-28. */
    @POST
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.MCP_CONNECT)
    public void listen(
            @Context SseEventSink sink,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            InputStream body) {
        begin(request, response, () -> streams.listen(readable(request, body), new JaxRsEventSink(sink)));
    }

    /** The stream of a session for messages of the server, or one that is resumed. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.MCP_CONNECT)
    public void open(
            @Context SseEventSink sink, @Context HttpServletRequest request, @Context HttpServletResponse response) {
        begin(
                request,
                response,
                () -> streams.open(
                        new McpStreams.Wish(
                                PostRequest.header(request, PostRequest.SESSION_ID),
                                PostRequest.header(request, PostRequest.PROTOCOL_VERSION),
                                PostRequest.header(request, HttpHeaders.LAST_EVENT_ID_HEADER),
                                requester(request)),
                        new JaxRsEventSink(sink)));
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

    /** Ends a session; its running calls are cancelled. */
    @DELETE
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response end(@Context HttpServletRequest request) {
        try {
            streams.end(
                    PostRequest.header(request, PostRequest.SESSION_ID),
                    PostRequest.header(request, PostRequest.PROTOCOL_VERSION),
                    requester(request));
            return Response.noContent()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (PostRefusedException e) {
            return e.response();
        }
    }

    private PostRequest readable(HttpServletRequest request, InputStream body) {
        if (shutdown.hasBegun()) {
            throw new PostRefusedException(ShutdownFilter.unavailable(request));
        }
        if (!JsonContentType.is(request.getContentType())) {
            throw new PostRefusedException(Refusals.notJson(RequestId.of(request)));
        }
        // a call that runs must be watched: it could outlive its credential
        watch.ensureRunning();
        return PostRequest.of(request, requester(request), AcceptFilter.acceptsStream(request), body);
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, Runnable opening) {
        if (shutdown.hasBegun()) {
            throw new WebApplicationException(ShutdownFilter.unavailable(request));
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_TO_BE_KEPT);
        response.setHeader("X-Accel-Buffering", "no");
        try {
            watch.ensureRunning();
            opening.run();
        } catch (PostRefusedException e) {
            throw new WebApplicationException(e.response());
        } catch (UnreadableMessageException e) {
            throw new WebApplicationException(PostRefusedException.of(e).response());
        } catch (AuditUnavailableException e) {
            throw new WebApplicationException(Refusals.notAudited(RequestId.of(request)));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "request " + RequestId.inLog(request) + ": no stream can be opened", e);
            throw new WebApplicationException(ShutdownFilter.unavailable(request));
        }
    }

    private Requester requester(HttpServletRequest request) {
        return new Requester(callers.require(request.getUserPrincipal()), origins.of(request));
    }
}
