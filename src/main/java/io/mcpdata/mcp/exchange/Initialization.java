package io.mcpdata.mcp.exchange;

import io.mcpdata.protocol.InitializeRequest;

/** Whether a client has sent {@code initialize}, and what it sent (MCP, section Lifecycle). Thread-safe. */
public final class Initialization {

    private volatile boolean done;
    private volatile boolean readsStructuredContent;

    /** False, and nothing changes, if the client has initialized before. */
    public synchronized boolean complete(InitializeRequest request) {
        if (done) {
            return false;
        }
        readsStructuredContent = request.readsStructuredContent();
        done = true;
        return true;
    }

    public boolean isDone() {
        return done;
    }

    /**
     * Whether the client understands structured content. The revision that it requested decides, not the negotiated
     * one.
     */
    public boolean readsStructuredContent() {
        return readsStructuredContent;
    }
}
