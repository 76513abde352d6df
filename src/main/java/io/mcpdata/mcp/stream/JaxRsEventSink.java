package io.mcpdata.mcp.stream;

import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The container's sink. */
public final class JaxRsEventSink implements EventSink {

    private final SseEventSink sink;

    public JaxRsEventSink(SseEventSink sink) {
        this.sink = sink;
    }

    @Override
    public CompletableFuture<?> send(List<StreamEvent> events) {
        return sink.send(OutboundEvents.of(events)).toCompletableFuture();
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public void close() {
        sink.close();
    }
}
