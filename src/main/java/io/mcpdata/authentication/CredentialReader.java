package io.mcpdata.authentication;

import io.mcpdata.authentication.CredentialReading.Found;
import io.mcpdata.authentication.CredentialReading.Unusable;
import io.mcpdata.config.KeyDigest;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the one credential of a request: {@code Authorization: Bearer}, {@code X-API-Key}, and on the {@code GET} of
 * certain event streams {@code ?api_key=} or {@code ?ticket=}. While tokens are accepted, text that looks like a token is
 * one, and only as a bearer. Nothing is trimmed or guessed. Thread-safe.
 */
final class CredentialReader {

    /** Longer than any real token; refusing it costs less than computing its digest. */
    private static final int LONGEST = 8192;

    private static final String BEARER = "bearer";

    /** Only these accept a key in the query, for clients that cannot send headers. */
    private static final Set<String> STREAMS_FOR_KEYS = Set.of("/sse");

    /** Only these accept a ticket. */
    private static final Set<String> STREAMS_FOR_TICKETS = Set.of("/sse", "/api/v1/events");

    private static final String MESSAGES = "/messages";
    private static final Cookie[] NONE = {};

    /** RFC 6750 wants a challenge without an error code for a request that presents nothing, or a foreign scheme. */
    private static final CredentialReading NOTHING = new Unusable(Challenge.CREDENTIAL_MISSING, "");

    private static final CredentialReading SEVERAL = new Unusable(Challenge.AMBIGUOUS, "several_credentials");

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

    CredentialReading read(HttpServletRequest request, String clientAddress, PlatformConfig config) {
        List<String> authorization = values(request, "Authorization");
        if (authorization.size() > 1) {
            return SEVERAL;
        }
        QueryString query = new QueryString(request.getQueryString());
        List<String> queryKeys = query.values("api_key");
        List<String> tickets = isGetOf(STREAMS_FOR_TICKETS, request) ? query.values("ticket") : List.of();
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
            return SEVERAL;
        }
        if (!tickets.isEmpty()) {
            return ticket(tickets, request, clientAddress);
        }
        if (foreignScheme) {
            return new Unusable(Challenge.CREDENTIAL_MISSING, "unsupported_scheme");
        }
        if (tokens.isEmpty()) {
            return sessionToken(request, query, clientAddress);
        }
        // refused even beside the same key in a header, because the key has been in a URL
        if (!queryKeys.isEmpty() && !(config.apiKeys().queryParameter() && isGetOf(STREAMS_FOR_KEYS, request))) {
            return refused("key_in_query");
        }
        String value = tokens.iterator().next();
        boolean judged = config.oidc().enabled() && value.length() <= LONGEST && JwtShape.isIn(value);
        if (judged && fromQuery) {
            return refused("token_in_query");
        }
        return judged && bearers.contains(value)
                ? new Found(new JwtCredential(new Secret(value), clientAddress))
                : key(value, clientAddress, fromQuery);
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

    private static CredentialReading key(String value, String clientAddress, boolean fromQuery) {
        if (value.isEmpty()) {
            return refused("empty_credential");
        }
        if (value.length() > LONGEST) {
            return refused("oversized_credential");
        }
        return new Found(new ApiKeyCredential(new Secret(value), clientAddress, fromQuery));
    }

    private static CredentialReading ticket(List<String> tickets, HttpServletRequest request, String clientAddress) {
        boolean one = tickets.size() == 1
                && !tickets.get(0).isEmpty()
                && tickets.get(0).length() <= LONGEST;
        if (!one) {
            return refused("malformed_ticket");
        }
        @Nullable String page = request.getHeader("Origin");
        return new Found(
                new StreamTicketCredential(KeyDigest.of(tickets.get(0)), page == null ? "" : page, clientAddress));
    }

    private static CredentialReading sessionToken(HttpServletRequest request, QueryString query, String clientAddress) {
        List<String> sessions = query.values("sessionId");
        List<String> tokens = query.values("token");
        if (!request.getMethod().equals("POST") || !path(request).equals(MESSAGES) || tokens.isEmpty()) {
            return NOTHING;
        }
        if (sessions.size() != 1 || tokens.size() != 1 || tokens.get(0).length() > LONGEST) {
            return refused("malformed_session_token");
        }
        return new Found(new SessionTokenCredential(sessions.get(0), KeyDigest.of(tokens.get(0)), clientAddress));
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

    private static boolean isGetOf(Set<String> paths, HttpServletRequest request) {
        return request.getMethod().equals("GET") && paths.contains(path(request));
    }

    /** The path within the application, the same at any context root. */
    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** For what cannot be a valid credential, independent of what the stores hold. */
    private static CredentialReading refused(String category) {
        return new Unusable(Challenge.CREDENTIAL_REFUSED, category);
    }
}
