package io.mcpdata.admin;

import io.mcpdata.config.ReloadableConfiguration;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/**
 * {@code GET /metrics}: counters and gauges for Prometheus, in its text format or as OpenMetrics, whichever the client
 * prefers. Thread-safe.
 */
@Path("/metrics")
@ApplicationScoped
public class MetricsEndpoint {

    private final Metrics metrics;

    @Inject
    MetricsEndpoint(Metrics metrics) {
        this.metrics = metrics;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public MetricsEndpoint() {
        this(null);
    }

    void measure(
            @Observes @Initialized(ApplicationScoped.class) Object application, ReloadableConfiguration configuration) {
        metrics.counts(
                "mcp_configuration_readings",
                "Readings of the configuration file by what came of them",
                "outcome",
                configuration::readings);
    }

    @GET
    @RolesAllowed(Permission.METRICS_READ)
    public Response read(@Context HttpServletRequest request) {
        Metrics.Exposition exposition =
                metrics.exposition(Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), ""));
        return Response.ok(exposition.body())
                .type(exposition.contentType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
