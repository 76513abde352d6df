package io.mcpdata.authentication;

import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the one credential of a request: {@code Authorization: Bearer}, {@code X-API-Key}, and {@code ?api_key=} or
 * {@code ?ticket=} on the {@code GET} of an event stream. While tokens are accepted, text that looks like a token is
 * one, and only as a bearer. Nothing is trimmed or guessed. Thread-safe.
 */
final class CredentialReader {

    /** Longer than any real token; refusing it costs less than computing its digest. */
    private static final int LONGEST = 8192;

    private static final String BEARER = "bearer";

    /** The event streams: only these accept a key in the query, for clients that cannot send headers. */
    private static final Set<String> EVENT_STREAMS = Set.of("/sse");

    private static final String MESSAGES = "/messages";
    private static final Cookie[] NONE = {};

    /** White space around a header's value does not belong to it (RFC 9110 5.5); not every server removes it. */
    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .map(CredentialReader::trimmed)
                .toList();
    }

    private static String trimmed(String value) {
        int begin = 0;
        int end = value.length();
        while (begin < end && isBlank(value.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    PresentedCredential read(HttpServletRequest request, PlatformConfig config) {
        List<String> authorization = values(request, "Authorization");
        if (authorization.size() > 1) {
            return new PresentedCredential.Ambiguous();
        }
        QueryString query = new QueryString(request.getQueryString());
        List<String> queryKeys = query.values("api_key");
        List<String> tickets = isEventStream(request) ? query.values("ticket") : List.of();
        Set<String> bearers = new LinkedHashSet<>(cookies(request, config.oidc()));
        boolean foreignScheme = false;
        for (String header : authorization) {
            if (isBearer(header)) {
                bearers.add(afterScheme(header));
            } else {
                foreignScheme = true;
            }
        }
        Set<String> tokens = new LinkedHashSet<>(bearers);
        tokens.addAll(values(request, "X-API-Key"));
        boolean fromQuery = tokens.isEmpty();
        tokens.addAll(queryKeys);
        boolean anything = foreignScheme || !tokens.isEmpty();
        if (tokens.size() > 1 || foreignScheme && !tokens.isEmpty() || anything && !tickets.isEmpty()) {
            return new PresentedCredential.Ambiguous();
        }
        if (!tickets.isEmpty()) {
            return ticket(tickets);
        }
        if (foreignScheme) {
            return new PresentedCredential.Nothing("unsupported_scheme");
        }
        if (tokens.isEmpty()) {
            return sessionToken(request, query);
        }
        // refused even beside the same key in a header, because the key has been in a URL
        if (!queryKeys.isEmpty() && !(config.apiKeys().queryParameter() && isEventStream(request))) {
            return new PresentedCredential.Unacceptable("key_in_query");
        }
        String value = tokens.iterator().next();
        boolean judged = config.oidc().enabled() && value.length() <= LONGEST && JwtShape.isIn(value);
        if (judged && fromQuery) {
            return new PresentedCredential.Unacceptable("token_in_query");
        }
        return judged && bearers.contains(value)
                ? new PresentedCredential.Jwt(new Secret(value))
                : key(value, fromQuery);
    }

    /** Tokens in the cookie that MicroProfile JWT may name; any other content of the cookie is ignored. */
    private static List<String> cookies(HttpServletRequest request, OidcConfig oidc) {
        Cookie[] cookies = oidc.cookie().isEmpty() || request.getCookies() == null ? NONE : request.getCookies();
        return Stream.of(cookies)
                .filter(cookie -> oidc.cookie().filter(cookie.getName()::equals).isPresent())
                .map(Cookie::getValue)
                .filter(JwtShape::isIn)
                .toList();
    }

    private static PresentedCredential key(String value, boolean fromQuery) {
        if (value.isEmpty()) {
            return new PresentedCredential.Unacceptable("empty_credential");
        }
        if (value.length() > LONGEST) {
            return new PresentedCredential.Unacceptable("oversized_credential");
        }
        return new PresentedCredential.Token(new Secret(value), fromQuery);
    }

    private static PresentedCredential ticket(List<String> tickets) {
        boolean one = tickets.size() == 1
                && !tickets.get(0).isEmpty()
                && tickets.get(0).length() <= LONGEST;
        return one
                ? new PresentedCredential.Ticket(new Secret(tickets.get(0)))
                : new PresentedCredential.Unacceptable("malformed_ticket");
    }

    private static PresentedCredential sessionToken(HttpServletRequest request, QueryString query) {
        List<String> sessions = query.values("sessionId");
        List<String> tokens = query.values("token");
        if (!request.getMethod().equals("POST") || !path(request).equals(MESSAGES) || tokens.isEmpty()) {
            return new PresentedCredential.Nothing("no_credential");
        }
        if (sessions.size() != 1 || tokens.size() != 1 || tokens.get(0).length() > LONGEST) {
            return new PresentedCredential.Unacceptable("malformed_session_token");
        }
        return new PresentedCredential.SessionToken(sessions.get(0), new Secret(tokens.get(0)));
    }

    /**
     * The scheme in upper or lower case, then white space; a bare {@code Bearer} is an empty credential, not another
     * scheme.
     */
    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && (header.length() == BEARER.length() || isWhiteSpace(header.charAt(BEARER.length())));
    }

    /** RFC 6750 allows one or more spaces here; WildFly replaces them, and tabs, by a single space. */
    private static String afterScheme(String header) {
        int start = BEARER.length();
        while (start < header.length() && isWhiteSpace(header.charAt(start))) {
            start++;
        }
        return header.substring(start);
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isEventStream(HttpServletRequest request) {
        return request.getMethod().equals("GET") && EVENT_STREAMS.contains(path(request));
    }

    /** The path within the application, the same at any context root. */
    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
