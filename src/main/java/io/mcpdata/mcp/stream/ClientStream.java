package io.mcpdata.mcp.stream;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.JsonRpc;
import java.time.Duration;
import java.time.Instant;

/** The way of a session to its client, apart from the responses to the client's requests. Thread-safe. */
public interface ClientStream {

    String RESOURCE_UPDATED = "notifications/resources/updated";

    /**
     * Sends a message; drops it if the client has disconnected.
     *
     * @param message one JSON-RPC message
     */
    void send(String message);

    /** Sends a notification without parameters; drops it if the client cannot or does not want to receive it. */
    void notify(String method);

    /** Tells the client that a resource has changed; drops it if the client cannot receive it. */
    default void updated(String uri) {
        send(JsonRpc.notification(
                RESOURCE_UPDATED, Json.object().add("uri", uri).build()));
    }

    /** Keeps the connection from being closed by an intermediary. */
    void sendHeartbeat();

    /** The time of the last event. */
    Instant lastOffer();

    boolean isOpen();

    /** Whether the client listens, so that a session without requests is not idle. */
    default boolean isWanted() {
        return false;
    }

    /** Whether the container already knows that the client has disconnected. */
    boolean isLost();

    /** Whether one write has waited for the client for longer than this. */
    boolean isStuckFor(Duration patience);

    /** Closes at once and drops what is queued. Only the first call counts; never blocks. */
    void close(CloseReason reason);

    /** Sends what is queued, tells the client when to reconnect, and closes. */
    void endWith(Duration reconnectDelay, CloseReason reason);
}
