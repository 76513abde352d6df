package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.query.AuditCounts;
import io.mcpdata.audit.query.AuditFigures;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditGroup;
import io.mcpdata.audit.query.AuditInterval;
import io.mcpdata.audit.query.AuditStatistics;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/audit/stats}: calls, refusals and durations over time. Thread-safe. */
@Path("/api/v1/audit/stats")
@ApplicationScoped
public class AuditStatsEndpoint {

    private static final String INTERVAL = "interval";
    private static final String BY = "by";
    private static final Set<String> PARAMETERS = AuditFilters.namesAnd(INTERVAL, BY);

    private final AuditStatistics statistics;
    private final AuditReads reads;

    @Inject
    AuditStatsEndpoint(AuditStatistics statistics, AuditReads reads) {
        this.statistics = statistics;
        this.reads = reads;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public AuditStatsEndpoint() {
        this(null, null);
    }

    @GET
    @RolesAllowed(Permission.AUDIT_READ)
    public Response stats(@Context HttpServletRequest request, @Context UriInfo uri) {
        return AuditAnswers.of(request, () -> {
            Read read = reads.begin(request);
            QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), PARAMETERS);
            Instant now = Clock.systemUTC().instant();
            AuditFilter filter = AuditCounts.bounded(AuditFilters.of(parameters, now), now);
            AuditInterval interval = parameters
                    .value(
                            INTERVAL,
                            "one of " + AuditInterval.labels(),
                            text -> AuditInterval.of(text).orElseThrow())
                    .orElse(AuditInterval.HOUR);
            Optional<AuditGroup> by = parameters.value(
                    BY,
                    "one of " + AuditGroup.labels(),
                    text -> AuditGroup.of(text).orElseThrow());
            checkIntervals(parameters, filter, interval);
            parameters.check();
            List<AuditFigures> figures = statistics.of(filter, interval, by);
            read.record(Outcome.SUCCESS, "audit_counted", parameters.given(), figures.size());
            return RequestAnswers.json(AuditFiguresJson.of(filter, interval, by, figures));
        });
    }

    private static void checkIntervals(QueryParameters parameters, AuditFilter filter, AuditInterval interval) {
        if (AuditCounts.hasTooManyIntervals(filter, interval)) {
            parameters.problem(
                    INTERVAL,
                    "more than " + AuditCounts.MOST_INTERVALS + " of " + interval.label() + " from since to until",
                    "at most " + AuditCounts.MOST_INTERVALS + ": a longer interval, or less time");
        }
    }
}
