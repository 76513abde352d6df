package io.mcpdata.mcp.exchange;

/**
 * One message of a client and the way back to that client, as a handler sees them. Knows no session, no stream and no HTTP:
 * each transport has its own. Thread-safe.
 */
public interface Exchange {

    /** Who sent the message and from where. */
    Requester requester();

    /** What the client said when it initialized. */
    Initialization initialization();

    /** The calls of this client that still run, by the ids of their requests. */
    RunningCalls calls();

    /**
     * Sends the response to the message; drops it if the client is gone. Does not block.
     *
     * @param response one JSON-RPC response
     */
    void reply(String response);
}
