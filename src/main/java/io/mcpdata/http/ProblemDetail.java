package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457), {@code application/problem+json}.
 *
 * @param title the same words for every problem of this status; nothing in it comes from the request
 * @param detail what the client can do about it
 */
public record ProblemDetail(int status, String title, String detail, String requestId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** When to retry after a problem that will pass soon. */
    public static final int RETRY_SECONDS = 5;

    private static final Map<Character, String> ESCAPES =
            Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

    /** The problem that a status alone describes: nothing about the internal cause. */
    public static ProblemDetail ofStatus(int status, String requestId) {
        return of(status, detail(status), requestId);
    }

    /** A problem under the title that every problem of this status has. */
    public static ProblemDetail of(int status, String detail, String requestId) {
        Response.@Nullable Status known = Response.Status.fromStatusCode(status);
        return new ProblemDetail(status, known == null ? "Error" : known.getReasonPhrase(), detail, requestId);
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            case 406 -> "This address cannot answer in any of the accepted media types.";
            case 415 -> "This address does not take this media type.";
            case 503 -> "This cannot be answered right now; try again.";
            default ->
                status < 500
                        ? "The request cannot be answered as it stands."
                        : "Internal error; search the log for this request id.";
        };
    }

    /** The document. Assembled without a JSON library, because it has four flat members and must never fail. */
    public String toJson() {
        return "{\"type\":\"about:blank\",\"title\":\"" + escaped(title) + "\",\"status\":" + status + ",\"detail\":\""
                + escaped(detail) + "\",\"request_id\":\"" + escaped(requestId) + "\"}";
    }

    /** The document as a JAX-RS response, which must not be cached. */
    public Response.ResponseBuilder response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(toJson());
    }

    /** The same for a problem that will pass soon: with {@code Retry-After}. */
    public Response.ResponseBuilder retryResponse() {
        return response().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    /**
     * Writes the document and completes the response: no later code can run for it or write to it. Waits only a short
     * time for the rest of the request's body.
     */
    public void complete(HttpServletRequest request, HttpServletResponse response) {
        if (RequestBodyDrain.drain(request)) {
            write(response);
        } else {
            completeAndClose(response);
        }
    }

    /** The same, but does not read the request's body and closes the connection. */
    void completeAndClose(HttpServletResponse response) {
        response.setHeader("Connection", "close");
        write(response);
    }

    /** A disconnected client gets no answer; that is not a server error, so it is not logged as one. */
    private void write(HttpServletResponse response) {
        byte[] body = toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        HardeningHeaders.set(response);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        try (var out = response.getOutputStream()) {
            out.write(body);
        } catch (IOException e) {
            Disconnects.count();
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (char c : text.toCharArray()) {
            String escape = ESCAPES.get(c);
            if (escape != null) {
                out.append(escape);
            } else if (c < ' ' || c == '\u007f') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
