package io.mcpdata.mcp.exchange;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.protocol.JsonRpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests of one session that are not answered yet. Thread-safe. */
public final class RunningCalls {

    private final Map<JsonRpcId, Cancellation> calls = new HashMap<>();
    private boolean ended;

    /** The cancellation of a new call; empty if a call with this id is running. */
    public synchronized Optional<Cancellation> begin(JsonRpcId id) {
        if (calls.containsKey(id)) {
            return Optional.empty();
        }
        Cancellation cancellation = new Cancellation();
        calls.put(id, cancellation);
        if (ended) {
            cancellation.cancel();
        }
        return Optional.of(cancellation);
    }

    public synchronized void end(JsonRpcId id) {
        calls.remove(id);
    }

    public synchronized boolean isEmpty() {
        return calls.isEmpty();
    }

    /** How many run. */
    public synchronized int count() {
        return calls.size();
    }

    /** Cancels one call. An unknown id, or one that is already answered, is ignored. */
    public void cancel(JsonRpcId id) {
        Optional.ofNullable(running(id)).ifPresent(Cancellation::cancel);
    }

    /** Cancels every call, now and later: a call that begins after this is cancelled at once. */
    public void cancelAll() {
        List<Cancellation> running;
        synchronized (this) {
            ended = true;
            running = List.copyOf(calls.values());
        }
        running.forEach(Cancellation::cancel);
    }

    private synchronized @Nullable Cancellation running(JsonRpcId id) {
        return calls.get(id);
    }
}
