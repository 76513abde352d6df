package io.mcpdata.authentication;

import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.ServerConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The platform as an OAuth protected resource (RFC 9728): what clients read to learn where tokens come from, and what
 * challenges say about it. All addresses come from {@code server.public_url}, never from a request. Immutable.
 */
public record ProtectedResource(ServerConfig server, OidcConfig oidc) {

    /** Where the document stands, in front of the path of the resource it is about. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** The endpoints that clients are pointed at; each is a resource of its own, since clients compare addresses. */
    private static final Set<String> ENDPOINTS = Set.of("/mcp", "/sse");

    /** Where messages of a stream go, which is no address anybody is pointed at. */
    private static final String MESSAGES = "/messages";

    public static ProtectedResource of(PlatformConfig config) {
        return new ProtectedResource(config.server(), config.oidc());
    }

    /** The issuers that clients may fetch tokens from. */
    public List<String> authorizationServers() {
        return oidc.issuers().stream().map(IssuerConfig::issuer).toList();
    }

    /** The scopes a client should ask for. */
    public List<String> scopes() {
        return oidc.issuers().stream()
                .flatMap(issuer -> issuer.requiredScopes().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The identifier of the resource that the document with this path behind {@link #WELL_KNOWN} is about; empty if
     * there is no such document. Where the public URL has a path of its own, the document is known with it (as RFC 9728,
     * section 3.1, builds its address) and without it (as it is reached within the application).
     */
    public Optional<String> resource(String documentPath) {
        if (!oidc.enabled() || server.publicUrl().isEmpty()) {
            return Optional.empty();
        }
        String base = base(server.publicUrl().get());
        String prefix = URI.create(base).getRawPath();
        String path = !prefix.isEmpty() && (documentPath + "/").startsWith(prefix + "/")
                ? documentPath.substring(prefix.length())
                : documentPath;
        String plain = path.equals("/") ? "" : path;
        return plain.isEmpty() || ENDPOINTS.contains(plain) ? Optional.of(base + plain) : Optional.empty();
    }

    /** The scopes to ask for, as a challenge says them: begins with a comma, or is empty. */
    String scopeParameter() {
        return scopes().isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes()) + "\"";
    }

    /** Where to read on, as a challenge to this path (within the application) says it: begins with a comma, or is empty. */
    String metadataParameter(String requestPath) {
        if (!oidc.enabled() || server.publicUrl().isEmpty()) {
            return "";
        }
        String endpoint = requestPath.equals(MESSAGES) ? "/sse" : requestPath;
        String path = ENDPOINTS.contains(endpoint) ? endpoint : "";
        return ", resource_metadata=\"" + base(server.publicUrl().get()) + WELL_KNOWN + path + "\"";
    }

    private static String base(URI publicUrl) {
        String text = publicUrl.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
