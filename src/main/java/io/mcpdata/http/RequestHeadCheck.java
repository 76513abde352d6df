package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests by their head alone. 400 and a closed connection for a body whose end a proxy and the server could
 * see in different places, so that the rest of the body is never served as the next request. 400 for path parameters
 * and for paths that are not text, 415 for compressed bodies. Servers authenticate before they call filters, so the
 * authentication mechanism runs this check too. Thread-safe.
 */
public final class RequestHeadCheck {

    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    /** What a decoder writes for bytes that are not UTF-8. */
    private static final char NO_CHARACTER = '\ufffd';

    private static final int LONGEST_LENGTH = 18;

    private static final String PATH_PARAMETER =
            "The path has a semicolon; no address here takes path parameters, and a key goes into a header.";
    private static final String NO_TEXT = "The path has escapes that are no printable text in UTF-8.";
    private static final String ENCODED = "The body has a Content-Encoding; send it as it is, not compressed.";

    /** A request attribute for access logs, which server-config names: the path up to its first parameter. */
    private static final String LOGGED_PATH = "io.mcpdata.path";

    private static final String PASSED = "io.mcpdata.http.headPassed";

    private RequestHeadCheck() {}

    /**
     * Answers requests that are refused. May be called again in the same request.
     *
     * @return whether the response is complete
     */
    public static boolean answers(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(PASSED) != null) {
            return false;
        }
        String path = request.getRequestURI();
        int parameter = firstParameter(path);
        boolean parameters = parameter < path.length();
        request.setAttribute(LOGGED_PATH, path.substring(0, parameter));
        if (mayHideALength(request)) {
            response.setHeader("Connection", "close");
        }
        Optional<String> unclearEnd = unclearEnd(request);
        if (unclearEnd.isPresent()) {
            problem(400, unclearEnd.get(), request).completeAndClose(response);
            return true;
        }
        if (parameters || !isText(path)) {
            problem(400, parameters ? PATH_PARAMETER : NO_TEXT, request).complete(request, response);
            return true;
        }
        if (!values(request, "Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            response.setHeader("Accept-Encoding", "identity");
            problem(415, ENCODED, request).complete(request, response);
            return true;
        }
        request.setAttribute(PASSED, true);
        return false;
    }

    /** Where the first path parameter begins; the end of the path if it has none. */
    private static int firstParameter(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '%' && path.regionMatches(true, i, "%3b", 0, 3)) {
                return i;
            }
        }
        return path.length();
    }

    private static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_LENGTH
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Payara removes a Content-Length that precedes Transfer-Encoding from the request, Open Liberty one that is not a
     * number: bytes behind such a request may be meant as its body.
     */
    private static boolean mayHideALength(HttpServletRequest request) {
        return request.getHeader(TRANSFER_ENCODING) != null
                || request.getHeader(CONTENT_LENGTH) == null && WITH_BODY.contains(request.getMethod());
    }

    /** RESTEasy would log a stack trace for each path that is not text. */
    private static boolean isText(String path) {
        try {
            return path.indexOf('%') < 0
                    || URLDecoder.decode(path, StandardCharsets.UTF_8)
                            .chars()
                            .noneMatch(c -> c == NO_CHARACTER || Character.isISOControl(c));
        } catch (IllegalArgumentException brokenEscape) {
            return false;
        }
    }

    /** Why different readers could see the end of the body in different places; RFC 9112, 6.1 to 6.3. */
    private static Optional<String> unclearEnd(HttpServletRequest request) {
        List<String> lengths = values(request, CONTENT_LENGTH);
        List<String> codings = values(request, TRANSFER_ENCODING);
        if (!lengths.isEmpty() && !codings.isEmpty()) {
            return Optional.of("The request has Content-Length and Transfer-Encoding; send one of them.");
        }
        if (!codings.isEmpty() && !codings.equals(List.of("chunked"))) {
            return Optional.of("Transfer-Encoding is not the one word chunked; send that, or a Content-Length.");
        }
        if (!codings.isEmpty() && request.getProtocol().equals("HTTP/1.0")) {
            return Optional.of("HTTP/1.0 has no Transfer-Encoding; send HTTP/1.1, or a Content-Length.");
        }
        if (lengths.size() > 1 || !lengths.isEmpty() && !isLength(lengths.get(0))) {
            return Optional.of("Content-Length is not one number; send one.");
        }
        return Optional.empty();
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    private static ProblemDetail problem(int status, String detail, HttpServletRequest request) {
        return ProblemDetail.of(status, detail, RequestId.of(request));
    }
}
