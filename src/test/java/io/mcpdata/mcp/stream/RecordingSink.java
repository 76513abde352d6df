package io.mcpdata.mcp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the events it is sent. By default every send completes at once; {@link #holdSends} leaves that to the test. */
public final class RecordingSink implements EventSink {

    private final List<StreamEvent> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private boolean holding;
    private boolean gone;
    private @Nullable Throwable failure;
    private int closes;
    private int writes;

    public RecordingSink holdSends() {
        holding = true;
        return this;
    }

    public void releaseSends() {
        holding = false;
        List<CompletableFuture<Void>> all = List.copyOf(held);
        held.clear();
        all.forEach(send -> send.complete(null));
    }

    public void failHeldSends(Throwable cause) {
        List<CompletableFuture<Void>> all = List.copyOf(held);
        held.clear();
        all.forEach(send -> send.completeExceptionally(cause));
    }

    public void throwOnSend(Throwable cause) {
        failure = cause;
    }

    public void loseClient() {
        gone = true;
    }

    @Override
    public synchronized CompletableFuture<?> send(List<StreamEvent> events) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        sent.addAll(events);
        writes++;
        if (!holding) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> send = new CompletableFuture<>();
        held.add(send);
        return send;
    }

    @Override
    public boolean isClosed() {
        return gone || closes > 0;
    }

    @Override
    public synchronized void close() {
        closes++;
    }

    public synchronized List<StreamEvent> sent() {
        return List.copyOf(sent);
    }

    /** Leaves only what is sent from now on. */
    public synchronized void forget() {
        sent.clear();
    }

    public List<String> messages() {
        return sent().stream()
                .filter(event -> event.name().equals("message"))
                .map(StreamEvent::data)
                .toList();
    }

    public synchronized int writes() {
        return writes;
    }

    public int inFlight() {
        return held.size();
    }

    public synchronized int closes() {
        return closes;
    }
}
