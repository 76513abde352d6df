package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/**
 * The parameters of {@code initialize}.
 *
 * @param protocolVersion the newest revision that the client supports, as the client wrote it
 * @param capabilities the client's capabilities, unchanged
 */
public record InitializeRequest(String protocolVersion, JsonObject capabilities, Implementation clientInfo) {

    public ClientRevision client() {
        return new ClientRevision(protocolVersion);
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if a member is missing or has the wrong type */
    public static InitializeRequest from(JsonObject params) {
        return new InitializeRequest(
                Members.text(params, "params", "protocolVersion"),
                Members.object(params, "params", "capabilities"),
                Implementation.from(Members.object(params, "params", "clientInfo"), "params.clientInfo"));
    }
}
