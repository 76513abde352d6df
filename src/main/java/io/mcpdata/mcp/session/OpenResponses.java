package io.mcpdata.mcp.session;

import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.stream.CloseReason;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** The HTTP responses of {@code /mcp} that are not complete: of running calls, and streams of sessions. Thread-safe. */
public final class OpenResponses {

    /** One of them. */
    public interface OpenResponse {

        /** The caller whose credential came with the HTTP request. */
        Requester requester();

        /** Cancels the call, if there is one, and ends the response. Only the first call counts; must not block. */
        void abort(CloseReason reason);
    }

    private final Set<OpenResponse> open = ConcurrentHashMap.newKeySet();

    public void add(OpenResponse response) {
        open.add(response);
    }

    /**
     * Aborts one response.
     *
     * @return false if the container has no thread for it now; a later call tries again
     */
    static boolean abort(OpenResponse response, CloseReason reason) {
        try {
            response.abort(reason);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Aborts all of them, as far as the container has threads. */
    public void abortAll(CloseReason reason) {
        all().forEach(response -> abort(response, reason));
    }

    public void remove(OpenResponse response) {
        open.remove(response);
    }

    public Collection<OpenResponse> all() {
        return List.copyOf(open);
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }
}
