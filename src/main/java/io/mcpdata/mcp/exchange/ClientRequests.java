package io.mcpdata.mcp.exchange;

import io.mcpdata.protocol.JsonRpcId;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Requests of the server to one client that wait for their responses. Thread-safe. */
public final class ClientRequests {

    private final Map<JsonRpcId, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** A request that waits; it must be {@linkplain #end ended}. */
    public record Waiting(JsonRpcId id, CompletableFuture<JsonObject> response) {}

    public Waiting begin() {
        Waiting one = new Waiting(JsonRpcId.of(last.incrementAndGet()), new CompletableFuture<>());
        waiting.put(one.id(), one.response());
        return one;
    }

    public void end(Waiting one) {
        waiting.remove(one.id());
    }

    /**
     * The client has answered; a response to no request is ignored.
     *
     * @param body with {@code result} or {@code error}
     */
    public void answer(JsonRpcId id, JsonObject body) {
        Optional.ofNullable(waiting.get(id)).ifPresent(response -> response.complete(body));
    }
}
