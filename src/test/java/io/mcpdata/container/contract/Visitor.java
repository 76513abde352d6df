package io.mcpdata.container.contract;

import io.mcpdata.container.contract.Endpoints.Endpoint;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One kind of caller.
 *
 * @param query what it adds to the address, empty or beginning with {@code api_key}
 * @param permissions what its persona may
 */
record Visitor(String name, Map<String, String> headers, String query, Known known, Set<String> permissions) {

    /** How the platform classifies the credential before any permission is checked. */
    enum Known {
        CALLER,
        NOBODY,
        REFUSED,
        AMBIGUOUS,
        /** A page of a foreign origin, with any credential. */
        FOREIGN,
        /** A caller, but only on an event stream. */
        ON_STREAMS
    }

    static List<Visitor> all(Platform platform) {
        return List.of(
                new Visitor("anonymous", Map.of(), "", Known.NOBODY, Set.of()),
                with("malformed", "Bearer", Known.REFUSED),
                with("foreign scheme", "Basic dXNlcjpwYXNzd29yZA==", Known.NOBODY),
                with("wrong key", "Bearer " + Keys.random(), Known.REFUSED),
                with("expired key", "Bearer " + platform.key("expired"), Known.REFUSED),
                new Visitor("wrong query key", Map.of(), "api_key=" + Keys.random(), Known.REFUSED, Set.of()),
                new Visitor(
                        "query key",
                        Map.of(),
                        "api_key=" + platform.key("viewer"),
                        Known.ON_STREAMS,
                        Set.of("mcp:connect")),
                new Visitor(
                        "two keys",
                        new TreeMap<>(Map.of(
                                "Authorization",
                                "Bearer " + platform.key("viewer"),
                                "X-API-Key",
                                platform.key("admin"))),
                        "",
                        Known.AMBIGUOUS,
                        Set.of()),
                new Visitor("listed page", from(LISTED_PAGE, platform), "", Known.CALLER, Set.of("mcp:connect")),
                new Visitor("listed page without a key", Map.of("Origin", LISTED_PAGE), "", Known.NOBODY, Set.of()),
                new Visitor("foreign page", from(FOREIGN_PAGE, platform), "", Known.FOREIGN, Set.of()),
                new Visitor("foreign page without a key", Map.of("Origin", FOREIGN_PAGE), "", Known.FOREIGN, Set.of()),
                persona(platform, "admin", Set.of("*")),
                persona(platform, "analyst", Set.of("mcp:connect")),
                persona(platform, "viewer", Set.of("mcp:connect")),
                persona(platform, "auditor", Set.of("audit:read")),
                persona(platform, "stray", Set.of()));
    }

    /** In the configuration under {@code server.allowed_origins}. */
    static final String LISTED_PAGE = "https://app.example.com";

    static final String FOREIGN_PAGE = "https://evil.example.net";

    private static Map<String, String> from(String page, Platform platform) {
        return new TreeMap<>(Map.of("Origin", page, "Authorization", "Bearer " + platform.key("analyst")));
    }

    /** The origin that may read the answer; empty if no page may. */
    String reader() {
        return headers.getOrDefault("Origin", "").equals(LISTED_PAGE) ? LISTED_PAGE : "";
    }

    /** Whether this is a known caller for this endpoint, even without the permission. */
    boolean isKnownTo(Endpoint endpoint) {
        return known == Known.CALLER || (endpoint.takesKeyInQuery() && known == Known.ON_STREAMS);
    }

    /** Whether the endpoint's method runs for this caller. */
    boolean isLetInto(Endpoint endpoint) {
        return known != Known.FOREIGN && (endpoint.isOpen() || (isKnownTo(endpoint) && may(endpoint.permission())));
    }

    private boolean may(String permission) {
        return permission.equals(Endpoint.ANY_CALLER)
                || permissions.contains("*")
                || Stream.of(permission.split(" ")).anyMatch(permissions::contains);
    }

    private static Visitor with(String name, String authorization, Known known) {
        return new Visitor(name, Map.of("Authorization", authorization), "", known, Set.of());
    }

    private static Visitor persona(Platform platform, String name, Set<String> permissions) {
        return new Visitor(
                name, Map.of("Authorization", "Bearer " + platform.key(name)), "", Known.CALLER, permissions);
    }

    @Override
    public String toString() {
        return name;
    }
}
