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

    private static final Map<Character, String> ESCAPES =
            Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

    /** What there is to say about a status alone: nothing of what went wrong inside. */
    public static ProblemDetail ofStatus(int status, String requestId) {
        Response.@Nullable Status known = Response.Status.fromStatusCode(status);
        return new ProblemDetail(status, known == null ? "Error" : known.getReasonPhrase(), detail(status), requestId);
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
                        : "Something went wrong inside; the log has it under this request id.";
        };
    }

    /** The document. Written by hand because it has four flat members and must never fail. */
    public String toJson() {
        return "{\"type\":\"about:blank\",\"title\":\"" + escaped(title) + "\",\"status\":" + status + ",\"detail\":\""
                + escaped(detail) + "\",\"request_id\":\"" + escaped(requestId) + "\"}";
    }

    /** The document as an answer of JAX-RS, which nobody may keep. */
    public Response.ResponseBuilder response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(toJson());
    }

    /**
     * The document as the answer in place of everything behind: nothing can run or be written after it. What is left of
     * the request's body is not waited for long.
     */
    public void complete(HttpServletRequest request, HttpServletResponse response) {
        if (RequestBodyDrain.drain(request)) {
            write(response);
        } else {
            completeAndClose(response);
        }
    }

    /** The same, but nothing of the request's body is read and the connection is not used again. */
    void completeAndClose(HttpServletResponse response) {
        response.setHeader("Connection", "close");
        write(response);
    }

    /** A client that has left gets no answer, which is no fault of the server's to log. */
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
