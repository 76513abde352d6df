package io.mcpdata.mcp.streamable;

import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the headers of a request of revision 2026-07-28 with its body (section Streamable HTTP, Server Validation).
 * Otherwise a proxy that decides by the headers could be deceived.
 */
final class RequestHeaders {

    /** The member of the parameters that {@code Mcp-Name} repeats. */
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private static final String BASE64 = "=?base64?";
    private static final String BASE64_END = "?=";
    private static final String DIFFERS = "differs from the value in the body of the request";

    private RequestHeaders() {}

    /** @throws ProtocolException ({@code HEADER_MISMATCH}) if a header is missing or differs from the body */
    static void check(PostRequest headers, JsonRpcRequest request, String protocolVersion) {
        same(PostRequest.PROTOCOL_VERSION, headers.protocolVersion(), protocolVersion);
        same(PostRequest.METHOD, headers.method(), request.method());
        String member = NAMED.getOrDefault(request.method(), "");
        if (!member.isEmpty() && request.params().get(member) instanceof JsonString value) {
            same(PostRequest.NAME, headers.name().map(name -> decoded(PostRequest.NAME, name)), value.getString());
        }
    }

    /**
     * Compares the parameters of a tool with the headers that repeat them.
     *
     * @throws ProtocolException ({@code HEADER_MISMATCH}) if a header is missing, differs from the body, or is there
     *     without a value in the body
     */
    static void checkParameters(PostRequest headers, JsonRpcRequest request, List<HeaderParameter> parameters) {
        for (HeaderParameter parameter : parameters) {
            String header = parameter.header();
            List<String> sent = headers.others().apply(header);
            Optional<JsonValue> inBody = parameter.value(request.params().get("arguments"));
            if (sent.isEmpty() && inBody.isPresent()) {
                throw mismatch(header, "is missing");
            }
            boolean same = sent.size() == inBody.stream().count()
                    && sent.stream().allMatch(RequestHeaders::isVisible)
                    && inBody.filter(value -> !HeaderParameter.isSame(decoded(header, sent.get(0)), value))
                            .isEmpty();
            if (!same) {
                throw mismatch(header, DIFFERS);
            }
        }
    }

    /** Proxies read other characters in different ways. */
    private static boolean isVisible(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c <= '~');
    }

    private static void same(String header, Optional<String> sent, String inBody) {
        if (sent.isEmpty()) {
            throw mismatch(header, "is missing");
        }
        if (!sent.get().equals(inBody)) {
            throw mismatch(header, DIFFERS);
        }
    }

    private static ProtocolException mismatch(String header, String what) {
        return new ProtocolException(ErrorCode.HEADER_MISMATCH, "Header mismatch: header " + header + " " + what);
    }

    private static String decoded(String header, String value) {
        if (!value.startsWith(BASE64) || !value.endsWith(BASE64_END)) {
            return value;
        }
        try {
            String base64 = value.substring(BASE64.length(), value.length() - BASE64_END.length());
            byte[] bytes = Base64.getDecoder().decode(base64);
            // the decoder takes text without its padding, which other readers refuse
            if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                throw new IllegalArgumentException("not the one way to write these bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException | IndexOutOfBoundsException e) {
            throw mismatch(header, "is not valid Base64 of UTF-8 text");
        }
    }
}
