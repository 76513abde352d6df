package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.events.EventStreams;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import io.mcpdata.http.RequestOrigins;
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
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/events}: rows of the audit trail as they are written, as an event stream. Thread-safe. */
@Path("/api/v1/events")
@ApplicationScoped
public class EventsEndpoint {

    private static final Logger LOG = System.getLogger(EventsEndpoint.class.getName());
    private static final String LAST_EVENT_ID = "last_event_id";

    /** The credential of this request; the mechanism has read it. */
    private static final String TICKET = "ticket";

    private static final Set<String> PARAMETERS = parameters();
    private static final String NOT_TO_BE_KEPT = "no-store, no-cache";
    private static final int LONGEST_NUMBER = 18;

    private final EventStreams streams;
    private final AuditReads reads;
    private final CallerContext callers;
    private final RequestOrigins origins;

    @Inject
    EventsEndpoint(EventStreams streams, AuditReads reads, CallerContext callers, RequestOrigins origins) {
        this.streams = streams;
        this.reads = reads;
        this.callers = callers;
        this.origins = origins;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public EventsEndpoint() {
        this(null, null, null, null);
    }

    private static Set<String> parameters() {
        Set<String> names = AuditFilters.withoutTimes();
        names.addAll(Set.of(LAST_EVENT_ID, TICKET));
        return names;
    }

    /** Every refusal comes before the stream begins. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.EVENTS_READ)
    public void watch(
            @Context SseEventSink sink,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            @Context UriInfo uri) {
        Response answer = AuditAnswers.of(request, () -> {
            QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), PARAMETERS);
            AuditFilter filter = AuditFilters.of(parameters, Clock.systemUTC().instant());
            OptionalLong after = after(parameters, request);
            parameters.check();
            response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_TO_BE_KEPT);
            response.setHeader("X-Accel-Buffering", "no");
            EventStreams.Wish wish = new EventStreams.Wish(callers.require(), origins.of(request), filter, after);
            return open(wish, parameters.given(), new JaxRsEventSink(sink), request);
        });
        if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
            throw new WebApplicationException(answer);
        }
    }

    private Response open(
            EventStreams.Wish wish, Map<String, String> given, EventSink sink, HttpServletRequest request) {
        Read read = reads.begin(request);
        Map<String, String> shown = new TreeMap<>(given);
        shown.remove(TICKET);
        wish.after().ifPresent(number -> shown.put(LAST_EVENT_ID, Long.toString(number)));
        try {
            return streams.open(wish, sink, () -> read.record(Outcome.SUCCESS, "events_watched", shown, -1))
                    ? Response.ok().build()
                    : tooManyStreams(request);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "request " + RequestId.inLog(request) + ": no stream can be opened", e);
            return RequestAnswers.later(request, "The server opens no new streams right now; try again.");
        }
    }

    /** A page that opens a stream by a ticket cannot send the header; a header that is sent comes first. */
    private OptionalLong after(QueryParameters parameters, HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.LAST_EVENT_ID_HEADER));
        @Nullable String inQuery = parameters.given().get(LAST_EVENT_ID);
        if (headers.isEmpty() && inQuery == null) {
            return OptionalLong.empty();
        }
        String text = headers.isEmpty() ? Objects.requireNonNull(inQuery) : headers.get(0);
        long newest = streams.newest();
        boolean isNumber = headers.size() <= 1 && text.length() <= LONGEST_NUMBER && text.matches("[0-9]+");
        if (!isNumber || Long.parseLong(text) > newest) {
            parameters.problem(
                    headers.isEmpty() ? LAST_EVENT_ID : HttpHeaders.LAST_EVENT_ID_HEADER,
                    isNumber ? text : "no number",
                    "the id of an event of this stream, at most " + newest + "; leave it out to watch from now on");
        }
        return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Response tooManyStreams(HttpServletRequest request) {
        return ProblemDetail.of(
                        429,
                        "You have the maximum number of event streams (limits.streams_per_caller), or opened too many"
                                + " within a minute (limits.calls_per_minute): close one, or wait.",
                        RequestId.of(request))
                .retryResponse()
                .build();
    }

    /** Without this method, HEAD would open a stream for a client that does not read it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Permission.EVENTS_READ)
    public Response describe() {
        return Response.ok()
                .type(MediaType.SERVER_SENT_EVENTS_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NOT_TO_BE_KEPT)
                .build();
    }
}
