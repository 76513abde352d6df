package io.mcpdata.admin;

import io.mcpdata.admin.AuditCursors.Place;
import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/audit}: rows of the audit trail by filters, newest first, and one row by its number. Thread-safe. */
@Path("/api/v1/audit")
@ApplicationScoped
public class AuditEndpoint {

    private static final Set<String> PARAMETERS = AuditFilters.namesAnd(AuditCursors.LIMIT, AuditCursors.PARAMETER);
    private static final int LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_NUMBER = 18;

    private final AuditReader reader;
    private final AuditReads reads;
    private final AuditCursors cursors;

    @Inject
    AuditEndpoint(AuditReader reader, AuditReads reads, ActiveConfiguration configuration) {
        this.reader = reader;
        this.reads = reads;
        this.cursors = new AuditCursors(Seal.ofServers(configuration, "cursors of the audit trail"));
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public AuditEndpoint() {
        this.reader = null;
        this.reads = null;
        this.cursors = null;
    }

    @GET
    @RolesAllowed(Permission.AUDIT_READ)
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        return AuditAnswers.of(request, () -> {
            Read read = reads.begin(request);
            QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), PARAMETERS);
            AuditFilter filter = AuditFilters.of(parameters, Clock.systemUTC().instant());
            int limit = parameters.limit(AuditCursors.LIMIT, HIGHEST_LIMIT).orElse(LIMIT);
            Optional<Place> given = cursors.place(parameters, read.identity(), filter);
            parameters.check();
            Place place = given.orElseGet(() -> new Place(filter, reader.newest(), Optional.empty()));
            AuditPage page = reader.page(place.filter(), place.newest(), place.after(), limit, PATIENCE);
            read.record(
                    Outcome.SUCCESS,
                    "audit_listed",
                    parameters.given(),
                    page.rows().size());
            String next = page.next()
                    .map(position -> cursors.cursor(parameters, read.identity(), place, position))
                    .orElse("");
            return RequestAnswers.json(AuditJson.page(page.rows(), next));
        });
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Permission.AUDIT_READ)
    public Response show(@PathParam("id") String id, @Context HttpServletRequest request, @Context UriInfo uri) {
        return AuditAnswers.of(request, () -> {
            Read read = reads.begin(request);
            new QueryParameters(uri.getQueryParameters(), Set.of()).check();
            if (id.length() > LONGEST_NUMBER || !id.matches("[0-9]+")) {
                return RequestAnswers.problem(request, 404, "The number of an audit row has digits only.");
            }
            Optional<AuditRow> row = reader.row(Long.parseLong(id));
            read.record(Outcome.SUCCESS, "audit_row_shown", Map.of("id", id), row.isPresent() ? 1 : 0);
            return row.map(found -> RequestAnswers.json(Json.write(AuditJson.row(found))))
                    .orElseGet(() -> RequestAnswers.problem(
                            request, 404, "There is no audit row " + id + ", or it was deleted because of its age."));
        });
    }
}
