package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.chain.ChainBreak;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.Verification;
import io.mcpdata.audit.query.AuditVerification;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/audit/verify}: whether the audit trail is as it was written. Thread-safe. */
@Path("/api/v1/audit/verify")
@ApplicationScoped
public class AuditVerifyEndpoint {

    private static final String FROM = "from";
    private static final String EXPECT = "expect";
    private static final String POSITION = "the number of a row, a colon and its hash of 64 hexadecimal digits";

    private final AuditVerification verification;
    private final AuditReads reads;

    @Inject
    AuditVerifyEndpoint(AuditVerification verification, AuditReads reads) {
        this.verification = verification;
        this.reads = reads;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public AuditVerifyEndpoint() {
        this(null, null);
    }

    @GET
    @RolesAllowed(Permission.AUDIT_READ)
    public Response verify(@Context HttpServletRequest request, @Context UriInfo uri) {
        return AuditAnswers.of(request, () -> {
            Read read = reads.begin(request);
            QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), Set.of(FROM, EXPECT));
            Optional<ChainPosition> from = parameters.value(FROM, POSITION, ChainPosition::parse);
            Optional<ChainPosition> expected = parameters.value(EXPECT, POSITION, ChainPosition::parse);
            parameters.check();
            Verification found = verification.verify(from, expected);
            boolean isBroken = found.broken().isPresent();
            read.record(
                    isBroken ? Outcome.ERROR : Outcome.SUCCESS,
                    isBroken ? "audit_broken" : "audit_verified",
                    parameters.given(),
                    found.rows());
            return RequestAnswers.json(Json.write(json(found).build()));
        });
    }

    private static JsonObjectBuilder json(Verification found) {
        JsonObjectBuilder json = Json.object()
                .add("result", found.broken().isPresent() ? "broken" : found.isVerified() ? "verified" : "continues")
                .add("rows", found.rows())
                .add("base", found.base().toString())
                .add("last", found.last().toString())
                .add("newest_row", found.newest())
                .add("covered_to", found.coveredTo())
                .add("older_rows", found.olderRows());
        found.next().ifPresentOrElse(next -> json.add("next", next.toString()), () -> json.addNull("next"));
        found.broken().ifPresentOrElse(broken -> json.add("broken", json(broken)), () -> json.addNull("broken"));
        return json;
    }

    private static JsonObjectBuilder json(ChainBreak broken) {
        return Json.object()
                .add("row", broken.row())
                .add("found", broken.kind().name().toLowerCase(Locale.ROOT))
                .add("detail", broken.detail());
    }
}
