package io.mcpdata.mcp.session;

import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.stream.CloseReason;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests whose calls run while their HTTP response waits. Thread-safe. */
public final class PendingAnswers {

    /** One of these requests. */
    public interface PendingAnswer {

        Requester requester();

        /** Cancels the call and ends the HTTP response without a result. Only the first call counts. */
        void abort(CloseReason reason);
    }

    private final Set<PendingAnswer> pending = ConcurrentHashMap.newKeySet();

    public void add(PendingAnswer answer) {
        pending.add(answer);
    }

    public void remove(PendingAnswer answer) {
        pending.remove(answer);
    }

    public Collection<PendingAnswer> all() {
        return pending;
    }
}
