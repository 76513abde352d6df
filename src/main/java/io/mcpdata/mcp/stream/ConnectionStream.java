package io.mcpdata.mcp.stream;

import java.time.Duration;
import java.time.Instant;

/** A client stream that is one connection, and ends with it. Thread-safe. */
public interface ConnectionStream extends ClientStream {

    SseStream connection();

    @Override
    default void sendHeartbeat() {
        connection().sendHeartbeat();
    }

    @Override
    default Instant lastOffer() {
        return connection().lastOffer();
    }

    @Override
    default boolean isOpen() {
        return connection().isOpen();
    }

    @Override
    default boolean isWanted() {
        return true;
    }

    @Override
    default boolean isLost() {
        return connection().isLost();
    }

    @Override
    default boolean isStuckFor(Duration patience) {
        return connection().isStuckFor(patience);
    }

    @Override
    default void close(CloseReason reason) {
        connection().close(reason);
    }
}
