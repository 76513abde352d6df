package io.mcpdata.web;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ServerConfig;
import io.mcpdata.http.RequestOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Origin} and {@code Host} a request may have. Thread-safe.
 *
 * <p>A page can only be rebound to this server under a DNS name. So addresses and loopback names are accepted, and of
 * other names only that of {@code server.public_url}. Behind a trusted proxy the proxy checks the Host, and the health
 * probes are answered under any name.
 */
@ApplicationScoped
public class OriginPolicy {

    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final ActiveConfiguration configuration;
    private final RequestOrigins origins;
    private final RefusalRows rows;

    @Inject
    OriginPolicy(ActiveConfiguration configuration, RequestOrigins origins, RefusalRows rows) {
        this.configuration = configuration;
        this.origins = origins;
        this.rows = rows;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    OriginPolicy() {
        this(null, null, null);
    }

    /** Why the request is refused, in words for its sender; empty if it is allowed. */
    Optional<String> refusal(HttpServletRequest request) {
        ServerConfig server = configuration.config().server();
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        List<String> sources = Collections.list(request.getHeaders("Origin"));
        if (hosts.size() > 1 || sources.size() > 1) {
            // with two values, different readers could use different ones
            record(request, "headers_doubled");
            return Optional.of("This request has several Host or Origin headers.");
        }
        String host = hosts.isEmpty() ? "" : hosts.get(0).strip();
        boolean believed = isBelieved(server, host);
        if (!host.isEmpty() && !believed && !origins.isFromTrustedProxy(request) && !isProbe(request)) {
            record(request, "host_refused");
            return Optional.of(
                    server.publicUrl().isPresent()
                            ? "The Host header is neither the host of server.public_url nor an address nor localhost:"
                                    + " use server.public_url, or set it to the address that clients use."
                            : "The Host header is a name, and server.public_url is not set, so no name is known here:"
                                    + " set it to the address that clients use, or use an IP address or localhost.");
        }
        if (!sources.isEmpty() && !isAllowed(server, sources.get(0).strip(), believed ? host : "")) {
            record(request, "origin_refused");
            return Optional.of(OriginRefusal.of(sources.get(0).strip()));
        }
        return Optional.empty();
    }

    /** The page of {@code server.allowed_origins} that the request names as its origin. */
    Optional<String> listedPage(HttpServletRequest request) {
        @Nullable String origin = request.getHeader("Origin");
        if (origin == null) {
            return Optional.empty();
        }
        String plain = plain(origin.strip());
        return configuration.config().server().allowedOrigins().stream()
                .filter(listed -> plain(listed).equals(plain))
                .findFirst()
                .map(listed -> origin.strip());
    }

    /** Orchestrators probe under names that the platform does not know; the answer contains no secret. */
    private static boolean isProbe(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return PROBES.contains(path) && READING.contains(request.getMethod());
    }

    private static boolean isBelieved(ServerConfig server, String host) {
        String name = HostName.of(host);
        return HostName.isAddress(name)
                || HostName.isLoopback(name)
                || server.publicUrl()
                        .map(url -> HostName.of(url.getRawAuthority()).equalsIgnoreCase(name))
                        .orElse(false);
    }

    /** @param host empty unless no page can have been rebound to it */
    private static boolean isAllowed(ServerConfig server, String origin, String host) {
        Set<String> allowed = new HashSet<>(server.allowedOrigins());
        server.publicUrl().ifPresent(url -> allowed.add(url.getScheme() + "://" + url.getRawAuthority()));
        if (!host.isEmpty()) {
            allowed.add("http://" + host);
            allowed.add("https://" + host);
        }
        String plain = plain(origin);
        return allowed.stream().anyMatch(one -> plain(one).equals(plain));
    }

    /** As browsers write it: in lower case, without the scheme's default port. */
    private static String plain(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String port = lower.startsWith("https:") ? ":443" : lower.startsWith("http:") ? ":80" : "";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    private void record(HttpServletRequest request, String category) {
        rows.add(AuditEvent.of(
                        Clock.systemUTC().instant(),
                        Type.ACCESS_DENIED,
                        Outcome.DENIED,
                        AuditSubject.ANONYMOUS,
                        origins.of(request))
                .because(category, ""));
    }
}
