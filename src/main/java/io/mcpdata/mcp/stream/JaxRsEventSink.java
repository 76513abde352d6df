package io.mcpdata.mcp.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;

/** The container's sink. */
public final class JaxRsEventSink implements EventSink {

    private final Sse sse;
    private final SseEventSink sink;

    public JaxRsEventSink(Sse sse, SseEventSink sink) {
        this.sse = sse;
        this.sink = sink;
    }

    @Override
    public CompletableFuture<?> send(StreamEvent event) {
        return sink.send(outbound(event)).toCompletableFuture();
    }

    private OutboundSseEvent outbound(StreamEvent event) {
        OutboundSseEvent.Builder out = sse.newEventBuilder();
        if (event.hasData()) {
            out.name(event.name()).mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, event.data());
        }
        if (!event.id().isEmpty()) {
            out.id(event.id());
        }
        if (!event.comment().isEmpty()) {
            out.comment(event.comment());
        }
        if (!event.retry().isZero()) {
            out.reconnectDelay(event.retry().toMillis());
        }
        return out.build();
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
