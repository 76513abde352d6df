package io.mcpdata.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The CORS protocol (Fetch Standard, section 3.2) for the pages of {@code server.allowed_origins}. Credentials are
 * headers that a page sets itself. So {@code Access-Control-Allow-Credentials} is never sent, and no page can use a
 * cookie.
 */
final class CrossOrigin {

    private static final String METHODS = "GET, HEAD, POST, DELETE";

    /** Headers that clients send beyond those that browsers always allow; {@code *} would not cover Authorization. */
    private static final String HEADERS =
            "Accept, Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-API-Key";

    /** MCP has many headers, and newer revisions have more: those that a page asks for are allowed. */
    private static final Pattern MCP_HEADER = Pattern.compile("mcp-[a-z0-9-]{1,64}");

    private static final int MOST_HEADERS = 32;
    private static final String EXPOSED = "WWW-Authenticate, Retry-After, ETag, Mcp-Session-Id, MCP-Protocol-Version";

    /**
     * Two hours, the longest that browsers cache it. A page removed from the list is refused at once, even within that
     * time.
     */
    private static final String MAX_AGE = "7200";

    private CrossOrigin() {}

    /** Lets this page read the answer. */
    static void allow(HttpServletResponse response, String page) {
        response.setHeader("Access-Control-Allow-Origin", page);
        response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    }

    /** Whether this is a preflight request. */
    static boolean isQuestion(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** The answer to a preflight request: no body, and the same for every address, whether it exists or not. */
    static void answer(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Vary", "Origin, Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", HEADERS + mcpHeaders(request));
        response.setHeader("Access-Control-Max-Age", MAX_AGE);
        response.setStatus(204);
    }

    private static String mcpHeaders(HttpServletRequest request) {
        @Nullable String asked = request.getHeader("Access-Control-Request-Headers");
        return Stream.of(Optional.ofNullable(asked).orElse("").split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> MCP_HEADER.matcher(name).matches())
                .limit(MOST_HEADERS)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(name -> ", " + name)
                .collect(Collectors.joining());
    }
}
