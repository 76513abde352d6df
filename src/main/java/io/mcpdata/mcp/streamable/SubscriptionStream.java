package io.mcpdata.mcp.streamable;

import io.mcpdata.json.Json;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.ConnectionStream;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.RequestMeta;
import io.mcpdata.protocol.SubscriptionFilter;
import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * The answer to {@code subscriptions/listen} (MCP 2026-07-28, section Subscriptions). Every message names the request,
 * and only what the client asked for is sent. Thread-safe.
 */
final class SubscriptionStream implements ConnectionStream {

    private final SseStream stream;
    private final JsonRpcId id;
    private final SubscriptionFilter filter;

    SubscriptionStream(SseStream stream, JsonRpcId id, SubscriptionFilter filter) {
        this.stream = stream;
        this.id = id;
        this.filter = filter;
    }

    /** Must be the first message. */
    void acknowledge() {
        stream.begin(StreamEvent.message(JsonRpc.notification(
                "notifications/subscriptions/acknowledged",
                Json.object()
                        .add("_meta", meta())
                        .add("notifications", filter.toJson())
                        .build())));
    }

    @Override
    public SseStream connection() {
        return stream;
    }

    @Override
    public void send(String message) {
        stream.send(message);
    }

    @Override
    public void notify(String method) {
        if (filter.wants(method)) {
            send(JsonRpc.notification(method, Json.object().add("_meta", meta()).build()));
        }
    }

    @Override
    public void updated(String uri) {
        if (filter.resources().contains(uri)) {
            send(JsonRpc.notification(
                    RESOURCE_UPDATED,
                    Json.object().add("_meta", meta()).add("uri", uri).build()));
        }
    }

    /** The response to the request tells the client that the stream did not break. */
    @Override
    public void endWith(Duration reconnectDelay, CloseReason reason) {
        String response = JsonRpc.result(
                id,
                Json.write(Json.object()
                        .add("resultType", "complete")
                        .add("_meta", meta())
                        .build()));
        stream.endWith(StreamEvent.message(response), reason);
    }

    private JsonObject meta() {
        return Json.object().add(RequestMeta.SUBSCRIPTION_ID, id.value()).build();
    }
}
