package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditPosition;
import io.mcpdata.audit.query.AuditReadRefused;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/audit/export}: all rows of a filter as one file, newest first. Thread-safe. */
@Path("/api/v1/audit/export")
@ApplicationScoped
public class AuditExportEndpoint {

    private static final String FORMAT = "format";
    private static final Set<String> PARAMETERS = AuditFilters.namesAnd(FORMAT);
    private static final String EXPECTED = "csv or jsonl";
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AuditReader reader;
    private final AuditReads reads;
    private final ExportPermits permits = new ExportPermits(System::nanoTime);

    @Inject
    AuditExportEndpoint(AuditReader reader, AuditReads reads) {
        this.reader = reader;
        this.reads = reads;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public AuditExportEndpoint() {
        this(null, null);
    }

    /** The first rows are read before the answer begins, so that a failure until then has its own status. */
    @GET
    @RolesAllowed(Permission.AUDIT_READ)
    public Response export(@Context HttpServletRequest request, @Context UriInfo uri) {
        return AuditAnswers.of(request, () -> {
            Read read = reads.begin(request);
            QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), PARAMETERS);
            AuditFilter filter = AuditFilters.of(parameters, Clock.systemUTC().instant());
            Optional<AuditExportFormat> format = parameters.value(FORMAT, EXPECTED, AuditExportFormat::of);
            if (!parameters.given().containsKey(FORMAT)) {
                parameters.problem(FORMAT, "nothing", EXPECTED);
            }
            parameters.check();
            Response.ResponseBuilder answer = head(format.orElseThrow());
            return request.getMethod().equals(HttpMethod.HEAD)
                    ? answer.build()
                    : answer.entity(file(format.orElseThrow(), filter, read, parameters))
                            .build();
        });
    }

    private AuditExport file(AuditExportFormat format, AuditFilter filter, Read read, QueryParameters parameters) {
        ExportPermits.Permit permit = permits.take()
                .orElseThrow(() -> AuditReadRefused.forNow(
                        ExportPermits.AT_ONCE + " exports of the audit trail run already; try again later."));
        try {
            long newest = reader.newest();
            AuditPage first = page(filter, newest, Optional.empty());
            return new AuditExport(
                    format, first, page -> page(filter, newest, page.next()), permit, read, parameters.given());
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    private AuditPage page(AuditFilter filter, long newest, Optional<AuditPosition> from) {
        return reader.page(filter, newest, from, BATCH, PATIENCE);
    }

    private static Response.ResponseBuilder head(AuditExportFormat format) {
        return Response.ok()
                .type(format.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + format.label() + "\"");
    }
}
