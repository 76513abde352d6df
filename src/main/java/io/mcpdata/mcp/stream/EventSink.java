package io.mcpdata.mcp.stream;

import java.util.concurrent.CompletableFuture;

/** The destination of a stream's events: the container's sink, or a double in tests. */
public interface EventSink {

    /**
     * Begins to send. May block as long as the client does not read, and may throw if the client has disconnected.
     *
     * @return done when the event is written; failed if it could not be written
     */
    CompletableFuture<?> send(StreamEvent event);

    boolean isClosed();

    /** May block as long as a write does. */
    void close();
}
