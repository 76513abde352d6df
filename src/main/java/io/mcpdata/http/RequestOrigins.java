package io.mcpdata.http;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.NetworkRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where a request came from. Thread-safe. */
@ApplicationScoped
public class RequestOrigins {

    /** The attribute of the request that holds its {@link RequestOrigin}. */
    public static final String ATTRIBUTE = "io.mcpdata.requestOrigin";

    private final ActiveConfiguration configuration;

    @Inject
    public RequestOrigins(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    RequestOrigins() {
        this.configuration = null;
    }

    /** The request's origin, determined once per request; an agent's span may begin later than the first use. */
    public RequestOrigin of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestOrigin known) {
            return known.trace().isPresent() ? known : known.within(RequestTrace.of(request));
        }
        @Nullable String agent = request.getHeader("User-Agent");
        RequestOrigin origin = new RequestOrigin(
                RequestId.of(request), clientAddress(request), agent == null ? "" : agent, RequestTrace.of(request));
        request.setAttribute(ATTRIBUTE, origin);
        return origin;
    }

    /** Whether the request comes directly from one of {@code server.trusted_proxies}. */
    public boolean isFromTrustedProxy(HttpServletRequest request) {
        return configuration.config().server().trustedProxies().stream()
                .anyMatch(proxy -> proxy.contains(request.getRemoteAddr()));
    }

    private String clientAddress(HttpServletRequest request) {
        List<NetworkRange> trusted = configuration.config().server().trustedProxies();
        List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        return new ForwardedFor(trusted).client(request.getRemoteAddr(), String.join(",", forwarded));
    }
}
