package io.mcpdata.web;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.Disconnects;
import io.mcpdata.http.HardeningHeaders;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/**
 * Answers {@code /metrics} before authentication where {@code metrics.public} opens it. The endpoint itself stays behind
 * its permission, so that without a valid configuration, or from other networks, nothing is open. Thread-safe.
 */
@ApplicationScoped
public class PublicMetrics {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final ActiveConfiguration configuration;
    private final RequestOrigins origins;
    private final Metrics metrics;

    @Inject
    PublicMetrics(ActiveConfiguration configuration, RequestOrigins origins, Metrics metrics) {
        this.configuration = configuration;
        this.origins = origins;
        this.metrics = metrics;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    PublicMetrics() {
        this(null, null, null);
    }

    /** Whether the request asked for open metrics and has its answer. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) {
        if (!isOpenTo(request)) {
            return false;
        }
        Metrics.Exposition exposition = metrics.exposition(Objects.requireNonNullElse(request.getHeader("Accept"), ""));
        response.setStatus(200);
        HardeningHeaders.set(response);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(exposition.contentType());
        response.setContentLength(exposition.body().length);
        try (var out = response.getOutputStream()) {
            out.write(exposition.body());
        } catch (IOException clientHasLeft) {
            Disconnects.count();
        }
        return true;
    }

    private boolean isOpenTo(HttpServletRequest request) {
        return READING.contains(request.getMethod())
                && request.getRequestURI().equals(request.getContextPath() + "/metrics")
                && configuration.usable()
                && configuration.config().metrics().isOpenTo(origins.of(request).clientAddress());
    }
}
