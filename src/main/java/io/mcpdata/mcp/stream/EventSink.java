package io.mcpdata.mcp.stream;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The destination of a stream's events: the container's sink, or a double in tests. */
public interface EventSink {

    /**
     * Begins to send these events in one write. May block as long as the client does not read, and may throw if the client
     * has disconnected.
     *
     * @param events at least one
     * @return done when the events are written; failed if they could not be written
     */
    CompletableFuture<?> send(List<StreamEvent> events);

    boolean isClosed();

    /** May block as long as a write does. */
    void close();
}
