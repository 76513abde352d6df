package io.mcpdata.admin;

import io.mcpdata.admin.AuditReads.Read;
import io.mcpdata.audit.AuditEvent.Outcome;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code GET /api/v1/audit/stats}: calls, refusals and durations over time. Thread-safe. */
@Path("/api/v1/audit/stats")
@ApplicationScoped
public class AuditStatsEndpoint {

    private static final String INTERVAL = "interval";
    private static final String BY = "by";
    private static final Set<String> PARAMETERS = AuditFilters.namesAnd(INTERVAL, BY);
    private static final Duration LAST = Duration.ofDays(1);
    private static final int MOST_INTERVALS = 1_500;
    private static final String INTERVALS = names(AuditInterval.values(), AuditInterval::label);
    private static final String GROUPS = names(AuditGroup.values(), AuditStatsEndpoint::label);

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
            AuditFilter filter = bounded(AuditFilters.of(parameters, now), now);
            AuditInterval interval = parameters
                    .value(
                            INTERVAL,
                            "one of " + INTERVALS,
                            text -> one(AuditInterval.values(), AuditInterval::label, text))
                    .orElse(AuditInterval.HOUR);
            Optional<AuditGroup> by = parameters.value(
                    BY, "one of " + GROUPS, text -> one(AuditGroup.values(), AuditStatsEndpoint::label, text));
            checkIntervals(parameters, filter, interval);
            parameters.check();
            List<AuditFigures> figures = statistics.of(filter, interval, by);
            read.record(Outcome.SUCCESS, "audit_counted", parameters.given(), figures.size());
            return RequestAnswers.json(
                    AuditFiguresJson.of(filter, interval.label(), by.map(AuditStatsEndpoint::label), figures));
        });
    }

    private static AuditFilter bounded(AuditFilter filter, Instant now) {
        Instant until = filter.until().orElse(now);
        return new AuditFilter(
                Optional.of(filter.since().orElse(until.minus(LAST))),
                Optional.of(until),
                filter.values(),
                filter.text());
    }

    private static void checkIntervals(QueryParameters parameters, AuditFilter filter, AuditInterval interval) {
        Duration time =
                Duration.between(filter.since().orElseThrow(), filter.until().orElseThrow());
        if (time.dividedBy(interval.length()) > MOST_INTERVALS) {
            parameters.problem(
                    INTERVAL,
                    "more than " + MOST_INTERVALS + " of " + interval.label() + " from since to until",
                    "at most " + MOST_INTERVALS + ": a longer interval, or less time");
        }
    }

    private static String label(AuditGroup group) {
        return group.name().toLowerCase(Locale.ROOT);
    }

    private static <E> String names(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).collect(Collectors.joining(", "));
    }

    private static <E> E one(E[] values, Function<E, String> label, String text) {
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equals(text))
                .findFirst()
                .orElseThrow();
    }
}
