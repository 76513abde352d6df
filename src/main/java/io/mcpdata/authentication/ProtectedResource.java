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
 * The platform as an OAuth protected resource (RFC 9728): the metadata that tells clients which issuers give tokens,
 * and the parts of challenges about it. All addresses come from {@code server.public_url}, never from a request.
 * Immutable.
 */
public record ProtectedResource(ServerConfig server, OidcConfig oidc) {

    /** The path of the document, which precedes the path of its resource. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** The endpoints that clients are told about; each is a resource of its own, because clients compare addresses. */
    private static final Set<String> ENDPOINTS = Set.of("/mcp", "/sse");

    /** The address of a stream's messages, which the metadata does not list. */
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
     * The identifier of the resource whose document has this path behind {@link #WELL_KNOWN}; empty if there is no such
     * document. If the public URL has a path, the document exists with it (as RFC 9728, section 3.1, builds its
     * address) and without it (as the application sees the request).
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

    /** The scopes to ask for, as a parameter of a challenge: begins with a comma, or is empty. */
    String scopeParameter() {
        return scopes().isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes()) + "\"";
    }

    /**
     * The address of the metadata, as a parameter of a challenge to this path (within the application): begins with a
     * comma, or is empty.
     */
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
