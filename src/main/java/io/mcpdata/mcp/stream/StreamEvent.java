package io.mcpdata.mcp.stream;

import java.time.Duration;

/**
 * One Server-Sent Event.
 *
 * @param name the {@code event} field; empty if the event carries no data
 * @param comment what clients skip; empty if there is none
 * @param retry when a client should come back after the stream ended; zero if the event does not say
 */
public record StreamEvent(String name, String data, String comment, Duration retry) {

    /** Tells the client where to send its messages. */
    public static StreamEvent endpoint(String path) {
        return new StreamEvent("endpoint", path, "", Duration.ZERO);
    }

    public static StreamEvent message(String jsonRpc) {
        return new StreamEvent("message", jsonRpc, "", Duration.ZERO);
    }

    public static StreamEvent heartbeat() {
        return new StreamEvent("", "", "keep-alive", Duration.ZERO);
    }

    /** Bears a name of its own, which clients of MCP pass over: the servers write {@code retry} only beside data. */
    public static StreamEvent comeBackIn(Duration retry) {
        return new StreamEvent("shutdown", "", "the server shuts down", retry);
    }

    boolean hasData() {
        return !name.isEmpty();
    }

    /** The data may carry a session's token, so it is never shown. */
    @Override
    public String toString() {
        return "StreamEvent[" + (hasData() ? name : comment) + "]";
    }
}
