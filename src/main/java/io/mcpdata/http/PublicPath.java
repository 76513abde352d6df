package io.mcpdata.http;

import io.mcpdata.config.ActiveConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of the platform as clients see it, for answers that tell an address. A proxy may take a path off the requests
 * that it forwards. {@code X-Forwarded-Prefix} of a trusted proxy says so, or the path of {@code server.public_url}.
 * Thread-safe.
 */
@ApplicationScoped
public class PublicPath {

    private static final Logger LOG = System.getLogger(PublicPath.class.getName());

    /** Without empty segments: a client would read two slashes at the beginning as the name of a host. */
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~%-]+){1,32}");

    private static final int LONGEST = 256;

    private final ActiveConfiguration configuration;
    private final RequestOrigins origins;
    private volatile String warned = "";

    @Inject
    public PublicPath(ActiveConfiguration configuration, RequestOrigins origins) {
        this.configuration = configuration;
        this.origins = origins;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    PublicPath() {
        this(null, null);
    }

    /** Empty at the root; otherwise it begins with a slash and ends without one. */
    public String of(HttpServletRequest request) {
        String own = request.getContextPath();
        Optional<String> prefix = forwardedPrefix(request);
        if (prefix.isPresent()) {
            // some proxies name a path that they do not take off
            return prefix.get().endsWith(own) ? prefix.get() : prefix.get() + own;
        }
        String published =
                configuration.config().server().publicUrl().map(URI::getRawPath).orElse("");
        String path = published.endsWith("/") ? published.substring(0, published.length() - 1) : published;
        if (path.isEmpty() || path.equals(own)) {
            return own;
        }
        warn(path, own);
        return path;
    }

    private Optional<String> forwardedPrefix(HttpServletRequest request) {
        if (!origins.isFromTrustedProxy(request)) {
            return Optional.empty();
        }
        String prefix = String.join(",", Collections.list(request.getHeaders("X-Forwarded-Prefix")))
                .strip()
                .replaceFirst("/$", "");
        return prefix.length() <= LONGEST && PREFIX.matcher(prefix).matches() ? Optional.of(prefix) : Optional.empty();
    }

    private void warn(String path, String own) {
        if (!warned.equals(path)) {
            warned = path;
            LOG.log(
                    Level.WARNING,
                    "server.public_url has the path {0}, and the application is at {1}: event streams name {0}/messages"
                            + " to their clients. This needs a proxy that takes {0} off; without one, remove the path"
                            + " from server.public_url",
                    path,
                    own.isEmpty() ? "/" : own);
        }
    }
}
