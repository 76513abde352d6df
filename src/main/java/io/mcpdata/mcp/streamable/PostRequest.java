package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Requester;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an HTTP request to {@code /mcp} carries beside its message.
 *
 * @param sessionId header {@code Mcp-Session-Id}
 * @param protocolVersion header {@code MCP-Protocol-Version}
 * @param method header {@code Mcp-Method}
 * @param name header {@code Mcp-Name}, as it was sent
 * @param others every value of another header, by its name; only while the request is received
 */
record PostRequest(
        Requester requester,
        Optional<String> sessionId,
        Optional<String> protocolVersion,
        Optional<String> method,
        Optional<String> name,
        Function<String, List<String>> others,
        boolean acceptsStream,
        InputStream body) {

    static final String SESSION_ID = "Mcp-Session-Id";
    static final String PROTOCOL_VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";

    static PostRequest of(HttpServletRequest request, Requester requester, boolean acceptsStream, InputStream body) {
        return new PostRequest(
                requester,
                header(request, SESSION_ID),
                header(request, PROTOCOL_VERSION),
                header(request, METHOD),
                header(request, NAME),
                other -> values(request, other),
                acceptsStream,
                body);
    }

    /**
     * White space around a value does not belong to it; not every server removes it. Several values become a list, which
     * equals no value of a message: with two values, a proxy could use the other one.
     */
    static Optional<String> header(HttpServletRequest request, String name) {
        List<String> values = values(request, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .map(String::strip)
                .toList();
    }
}
