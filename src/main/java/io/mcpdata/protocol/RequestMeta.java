package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * What a request of revision 2026-07-28 says of itself in {@code _meta} (section Base Protocol, General fields).
 *
 * @param protocolVersion as the client wrote it
 * @param clientCapabilities the client's capabilities for this request, unchanged
 * @param logLevel the least severe log messages that the client wants; empty if it wants none
 */
public record RequestMeta(String protocolVersion, JsonObject clientCapabilities, Optional<LogLevel> logLevel) {

    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String VERSION = PREFIX + "protocolVersion";
    private static final String CAPABILITIES = PREFIX + "clientCapabilities";

    private static final String LOG_LEVEL = PREFIX + "logLevel";

    /** Names the {@code subscriptions/listen} request of a notification. */
    public static final String SUBSCRIPTION_ID = PREFIX + "subscriptionId";

    /** Names the server in every result. */
    public static final String SERVER_INFO = PREFIX + "serverInfo";

    /** The revision that the parameters name; empty if they are those of an older revision. */
    public static Optional<String> version(JsonObject params) {
        return params.get("_meta") instanceof JsonObject meta && meta.get(VERSION) instanceof JsonString version
                ? Optional.of(version.getString())
                : Optional.empty();
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if a required member is missing, or a level unknown */
    public static RequestMeta from(JsonObject params) {
        JsonObject meta = Members.object(params, "params", "_meta");
        return new RequestMeta(
                Members.text(meta, "params._meta", VERSION),
                Members.object(meta, "params._meta", CAPABILITIES),
                Members.optionalText(meta, "params._meta", LOG_LEVEL).map(LogLevel::required));
    }

    /** The token of a request whose client wants progress notifications: a string or an integer, unchanged. */
    public static Optional<JsonValue> progressToken(JsonObject params) {
        return params.get("_meta") instanceof JsonObject meta
                ? JsonRpcId.from(meta.getOrDefault("progressToken", JsonValue.NULL))
                        .map(JsonRpcId::value)
                : Optional.empty();
    }
}
