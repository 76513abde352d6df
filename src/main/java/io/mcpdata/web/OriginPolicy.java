package io.mcpdata.web;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ServerConfig;
import io.mcpdata.http.RequestOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;

/**
 * Which {@code Origin} and {@code Host} a request may carry. Thread-safe.
 *
 * <p>A page can only be rebound to this server under a DNS name, so addresses and loopback names are believed, and of
 * names only that of {@code server.public_url}. Behind a trusted proxy the Host is the proxy's business.
 */
@ApplicationScoped
public class OriginPolicy {

    private final ActiveConfiguration configuration;
    private final RequestOrigins origins;
    private final AuditLog audit;

    @Inject
    OriginPolicy(ActiveConfiguration configuration, RequestOrigins origins, AuditLog audit) {
        this.configuration = configuration;
        this.origins = origins;
        this.audit = audit;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    OriginPolicy() {
        this(null, null, null);
    }

    /** Why the request is refused, in words for its sender; empty if it may go on. */
    Optional<String> refusal(HttpServletRequest request) {
        ServerConfig server = configuration.config().server();
        String host = header(request, "Host");
        if (!host.isEmpty() && !isBelieved(server, host) && !isProxied(server, request)) {
            record(request, "host_refused");
            return Optional.of("The Host header is not the host of server.public_url.");
        }
        String origin = header(request, "Origin");
        if (!origin.isEmpty() && !isAllowed(server, origin, host)) {
            record(request, "origin_refused");
            return Optional.of("This Origin is not in server.allowed_origins.");
        }
        return Optional.empty();
    }

    private static boolean isProxied(ServerConfig server, HttpServletRequest request) {
        return server.trustedProxies().stream().anyMatch(proxy -> proxy.contains(request.getRemoteAddr()));
    }

    private static boolean isBelieved(ServerConfig server, String host) {
        String name = HostName.of(host);
        return HostName.isAddress(name)
                || HostName.isLoopback(name)
                || server.publicUrl()
                        .map(url -> HostName.of(url.getRawAuthority()).equalsIgnoreCase(name))
                        .orElse(false);
    }

    private static boolean isAllowed(ServerConfig server, String origin, String host) {
        boolean own = origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
        return own
                || server.allowedOrigins().stream().anyMatch(origin::equalsIgnoreCase)
                || server.publicUrl()
                        .map(url -> origin.equalsIgnoreCase(url.getScheme() + "://" + url.getRawAuthority()))
                        .orElse(false);
    }

    private void record(HttpServletRequest request, String category) {
        audit.record(AuditEvent.of(
                        Clock.systemUTC().instant(),
                        Type.ACCESS_DENIED,
                        Outcome.DENIED,
                        AuditSubject.ANONYMOUS,
                        origins.of(request))
                .because(category, ""));
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value.strip();
    }
}
