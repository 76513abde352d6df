package io.mcpdata.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** The parameters of {@code notifications/cancelled}: the client no longer wants this request's answer. */
public record CancelledNotification(JsonRpcId requestId) {

    /** Empty if the parameters name no request: a notification gets no response, not even a malformed one. */
    public static Optional<CancelledNotification> from(JsonObject params) {
        return JsonRpcId.from(params.getOrDefault("requestId", JsonValue.NULL)).map(CancelledNotification::new);
    }
}
