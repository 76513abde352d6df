package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.StreamEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells when a sink is closed and no thread uses it any more. A client that does not read blocks the thread that writes,
 * and on some servers not the one that closes: its caller's stream must count as long as the thread is blocked.
 * Thread-safe.
 */
final class CountedSink implements EventSink {

    private final EventSink sink;
    private final Runnable onFree;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicBoolean free = new AtomicBoolean();

    /** @param onFree called once */
    CountedSink(EventSink sink, Runnable onFree) {
        this.sink = sink;
        this.onFree = onFree;
    }

    @Override
    public CompletableFuture<?> send(List<StreamEvent> events) {
        users.incrementAndGet();
        try {
            return sink.send(events);
        } finally {
            release();
        }
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public void close() {
        try {
            sink.close();
        } finally {
            release();
        }
    }

    private void release() {
        if (users.decrementAndGet() == 0 && free.compareAndSet(false, true)) {
            onFree.run();
        }
    }
}
