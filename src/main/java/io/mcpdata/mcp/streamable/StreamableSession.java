package io.mcpdata.mcp.streamable;

import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.stream.CloseReason;

/** A session of {@code /mcp} and its streams. Thread-safe. */
record StreamableSession(McpSession session, SessionStreams streams) {

    String id() {
        return session.id();
    }

    Initialization initialization() {
        return session.initialization();
    }

    RunningCalls calls() {
        return session.calls();
    }

    /** The client has ended the session, or could not initialize it. */
    void end() {
        streams.close(CloseReason.ENDED_BY_CLIENT);
    }
}
