package io.mcpdata.mcp.streamable;

import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    private RequestHeaders() {}

    /** @throws ProtocolException ({@code HEADER_MISMATCH}) if a header is missing or differs from the body */
    static void check(PostRequest headers, JsonRpcRequest request, String protocolVersion) {
        same(PostRequest.PROTOCOL_VERSION, headers.protocolVersion(), protocolVersion);
        same(PostRequest.METHOD, headers.method(), request.method());
        String member = NAMED.getOrDefault(request.method(), "");
        if (!member.isEmpty() && request.params().get(member) instanceof JsonString value) {
            same(PostRequest.NAME, headers.name().map(RequestHeaders::decoded), value.getString());
        }
    }

    private static void same(String header, Optional<String> sent, String inBody) {
        if (sent.isEmpty()) {
            throw new ProtocolException(ErrorCode.HEADER_MISMATCH, "Header mismatch: header " + header + " is missing");
        }
        if (!sent.get().equals(inBody)) {
            throw new ProtocolException(
                    ErrorCode.HEADER_MISMATCH,
                    "Header mismatch: header " + header + " differs from the value in the body of the request");
        }
    }

    private static String decoded(String value) {
        if (!value.startsWith(BASE64) || !value.endsWith(BASE64_END)) {
            return value;
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(value.substring(BASE64.length(), value.length() - BASE64_END.length()));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException | IndexOutOfBoundsException e) {
            throw new ProtocolException(
                    ErrorCode.HEADER_MISMATCH,
                    "Header mismatch: header " + PostRequest.NAME + " is not valid Base64 of UTF-8 text");
        }
    }
}
